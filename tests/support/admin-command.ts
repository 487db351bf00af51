import { execFile } from "node:child_process";
import path from "node:path";

export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs an operator's command as a process of its own, beside this one and in the same environment; `input` is piped to it. */
export function admin(args: string[], variables: Record<string, string> = {}, input = ""): Promise<Answer> {
  const tsx = path.resolve("node_modules/tsx/dist/cli.mjs");
  const env = { ...process.env, ...variables };
  return new Promise((resolve) => {
    const command = execFile(
      process.execPath,
      [tsx, "scripts/admin.ts", ...args],
      { env },
      (error, stdout, stderr) => {
        const code = typeof error?.code === "number" ? error.code : error ? -1 : 0;
        resolve({ code, stdout, stderr });
      },
    );
    command.stdin?.end(input);
  });
}
