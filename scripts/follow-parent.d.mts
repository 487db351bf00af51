export function followParent(stop: () => void): void;
