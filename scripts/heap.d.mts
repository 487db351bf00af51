/** Lets the heap grow by less at a time than V8 does by itself. */
export function growSlowly(): void;

export function collectGarbage(): void;
