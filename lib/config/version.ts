import packageFile from "@/package.json";

/** The version of the Bellhop that runs, as in its package.json when it was built. */
export const version: string = packageFile.version;
