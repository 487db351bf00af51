/** Runs a function over many items, this many concurrently. `run` handles its own errors: one that it throws is rethrown at the end. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  // One iterator for all: each takes what no one has taken yet.
  const work = async () => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
