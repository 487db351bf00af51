"use client";

import { NoticePage } from "@/components/layout/notice-page";
import { Button, ButtonLink } from "@/components/ui/button";
// An error page can't be given props, so its few words travel with it.
import words from "@/messages/en/errors.json";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const { fault } = words;
  return (
    <NoticePage
      title={fault.title}
      lead={
        <>
          <p>{fault.lead}</p>
          {error.digest && (
            <p className="mt-3 text-sm">
              {fault.reference} <code className="font-mono text-ink">{error.digest}</code>
            </p>
          )}
        </>
      }
    >
      <Button kind="primary" onClick={reset}>
        {fault.retry}
      </Button>
      <ButtonLink href="/">{fault.home}</ButtonLink>
    </NoticePage>
  );
}
