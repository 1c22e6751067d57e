/**
 * Does something at most so often, and once more after the last time it was wanted in between: hints may come by the dozen.
 *
 * @param {number} every milliseconds
 * @param {() => Promise<unknown>} work
 * @returns {{run: () => Promise<unknown>, stop: () => void}} run resolves at once where the work has to wait
 */
export function atMost(every, work) {
  let began = -Infinity;
  let timer = null;
  const now = () => {
    began = performance.now();
    return work();
  };
  return {
    run() {
      const pause = began + every - performance.now();
      if (pause <= 0) {
        return now();
      }
      timer ??= setTimeout(() => {
        timer = null;
        void now();
      }, pause);
      return Promise.resolve();
    },
    stop() {
      clearTimeout(timer);
      timer = null;
    },
  };
}
