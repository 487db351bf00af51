import { readdirSync } from "node:fs";
import path from "node:path";

/** Where the API's routes are. */
export const apiFolder = path.resolve("app/api/v1");

/** The folder of each route of the API, without the one for addresses that there aren't. */
export const apiRoutes = readdirSync(apiFolder, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => path.dirname(file))
  .filter((folder) => !folder.includes("[[..."));
