/** The dashboard's beginning: the style sheet and the frame. Pages come when they are first shown (`routes.js`). */
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/components.css";
import "./styles/lists.css";
import "./components/app-shell.js";
