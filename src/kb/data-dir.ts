import { fileURLToPath } from "node:url";

/** The `data` folder that ships with the package; the same two levels up from `src/kb` and from `dist/kb`. */
export const DATA_DIR = fileURLToPath(new URL("../../data/", import.meta.url));
