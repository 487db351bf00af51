"use client";

import { useEffect, useState } from "react";

interface ProofOfWorkProps {
  /** The form that takes the proof along. */
  formId: string;
  /** What is booked there. */
  page: { handle: string; slug: string };
}

/**
 * Solves, while its visitor types and where the server asks for it, the puzzle that keeps programs from booking in masses. No one sees it;
 * without it, the visitor confirms their booking by mail.
 */
export function ProofOfWork({ formId, page: { handle, slug } }: ProofOfWorkProps) {
  const [proof, setProof] = useState("");

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const begin = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest(`#${formId}`)) return;
      document.removeEventListener("focusin", begin);
      import("@/components/booking-page/prove")
        .then(({ prove }) => prove({ handle, slug }, signal))
        .then(setProof)
        .catch(() => null);
    };
    document.addEventListener("focusin", begin, { signal });
    return () => leaving.abort();
  }, [formId, handle, slug]);

  return proof && <input type="hidden" name="proof" value={proof} form={formId} />;
}
