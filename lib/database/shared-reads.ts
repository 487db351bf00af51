/**
 * Lets those who ask the same question at the same time share an answer. Anyone who asks while one is on its way waits for the next,
 * so that no answer is older than its question.
 */
export class SharedReads<Value> {
  private readonly underWay = new Map<string, Promise<Value>>();
  private readonly next = new Map<string, Promise<Value>>();

  /** Answers with what `read` finds, begun after this call. Calls with the same key must read the same. */
  read(key: string, read: () => Promise<Value>): Promise<Value> {
    const next = this.next.get(key);
    if (next) return next;
    const current = this.underWay.get(key);
    if (!current) return this.begin(key, read);
    const begin = () => this.begin(key, read);
    const following = current.then(begin, begin);
    this.next.set(key, following);
    return following;
  }

  private begin(key: string, read: () => Promise<Value>): Promise<Value> {
    this.next.delete(key);
    const reading = read();
    this.underWay.set(key, reading);
    const end = () => {
      if (this.underWay.get(key) === reading) this.underWay.delete(key);
    };
    reading.then(end, end);
    return reading;
  }
}
