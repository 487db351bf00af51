"use client";

import "@/app/globals.css";
import ErrorPage from "@/app/error";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** Replaces the whole page when even the layout fails. In English: what knows the language of the request is what failed. */
export default function GlobalError(props: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
