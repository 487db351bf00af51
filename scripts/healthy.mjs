/** Exit code 0 when the process of this container, a server or a worker alone, can do its work. What a container's health check runs. */
const { PORT, WORKER_PORT } = process.env;

const answers = await Promise.all(
  [PORT || "3000", ...(WORKER_PORT ? [WORKER_PORT] : [])].map((port) =>
    fetch(`http://127.0.0.1:${port}/api/health/ready`, {
      headers: { "user-agent": "bellhop-healthy" },
      signal: AbortSignal.timeout(4_000),
    }).then(
      ({ ok }) => ok,
      () => false,
    ),
  ),
);
process.exit(answers.includes(true) ? 0 : 1);
