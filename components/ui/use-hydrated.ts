import { useSyncExternalStore } from "react";

/** False in the page as it was sent, true once React runs: lets a component start as plain HTML. */
export function useHydrated(): boolean {
  return useSyncExternalStore(neverChanges, onClient, onServer);
}

const neverChanges = () => () => {};
const onClient = () => true;
const onServer = () => false;
