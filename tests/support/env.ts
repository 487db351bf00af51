/** Values every test process runs with: nothing is read from this machine's own environment or data folder. */
const testEnvironment = {
  NODE_ENV: "test",
  APP_URL: "http://localhost:3000",
  DATA_DIR: "./tests/.no-data",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789abcdef",
  TOKEN_ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
  LOG_LEVEL: "silent",
  DNS_SERVERS: "off",
};

/** Sets the environment of this test file, before anything of `lib` reads it. */
export function setTestEnvironment(values: Record<string, string> = {}): void {
  Object.assign(process.env, testEnvironment, values);
}
