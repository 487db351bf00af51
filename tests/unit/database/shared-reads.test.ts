import { describe, expect, it } from "vitest";
import { SharedReads } from "@/lib/database/shared-reads";

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("questions asked at the same time", () => {
  it("questions asked at the same time are answered by a read that began after they were asked", async () => {
    const reads = new SharedReads<number>();
    const first = gate();
    let state = 1;
    let count = 0;
    const read = async () => {
      count += 1;
      const seen = state;
      if (count === 1) await first.opened;
      return seen;
    };
    const early = reads.read("page", read);
    state = 2;
    const late = [reads.read("page", read), reads.read("page", read), reads.read("page", read)];
    first.open();
    expect(await early).toBe(1);
    expect(await Promise.all(late)).toEqual([2, 2, 2]);
    expect(count).toBe(2);
  });

  it("questions asked at the same time about other things do not wait for each other", async () => {
    const reads = new SharedReads<string>();
    const never = new Promise<string>(() => undefined);
    void reads.read("slow", () => never);
    expect(await reads.read("quick", async () => "answer")).toBe("answer");
  });

  it("questions asked at the same time fail with the read they shared, and the next one is read again", async () => {
    const reads = new SharedReads<string>();
    const fail = () => Promise.reject(new Error("no answer"));
    await expect(reads.read("page", fail)).rejects.toThrow("no answer");
    expect(await reads.read("page", async () => "answer")).toBe("answer");
  });
});
