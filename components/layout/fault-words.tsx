"use client";

import { createContext, type ReactNode, useContext } from "react";
// Where even the layout broke, no one gives the error page its words.
import english from "@/messages/en/errors.json";

type FaultWords = typeof english.fault;

const Words = createContext<FaultWords>(english.fault);

/** Gives the error pages below it their words: React hands them none. */
export function FaultWordsOf({ words, children }: { words: FaultWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

/** The words of an error page, in the language of the request as long as its layout rendered. */
export function useFaultWords(): FaultWords {
  return useContext(Words);
}
