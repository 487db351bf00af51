"use client";

import { useFaultWords } from "@/components/layout/fault-words";
import { NoticePage } from "@/components/layout/notice-page";
import { Button, ButtonLink } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const fault = useFaultWords();
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
