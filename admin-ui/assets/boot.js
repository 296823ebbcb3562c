// Loads the desk. It stands in a file of its own because the page allows no script within it.
import init from "../admin-ui.js";

init();
