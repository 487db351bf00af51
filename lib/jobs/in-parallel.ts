/** Does the same with many things, this many at once. `run` sees to its own faults: one that it throws is thrown at the end. */
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
