import { useEffect, useState } from "react";

const probeMs = 5000;

/**
 * True while this server can't be reached for want of a network. Browsers err: one that says offline is believed only once a request to us has
 * failed, and while it says so we are asked again, since some never report that they are back.
 */
export function useOffline(): boolean {
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let looks = 0;
    const look = async () => {
      clearTimeout(timer);
      looks += 1;
      const mine = looks;
      const isLost = !navigator.onLine && !(await canReachServer());
      if (mine !== looks) return;
      setOffline(isLost);
      if (isLost) timer = setTimeout(look, probeMs);
    };
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      looks = -1;
      clearTimeout(timer);
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOffline;
}

/** Any answer at all will do. */
async function canReachServer(): Promise<boolean> {
  try {
    await fetch("/api/health", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(probeMs) });
    return true;
  } catch {
    return false;
  }
}
