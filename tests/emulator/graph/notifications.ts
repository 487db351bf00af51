import type { ChangeType } from "@microsoft/microsoft-graph-types";
import type { Account } from "../state";
import type { Instance } from "./instances";

export class Notifier {
  changed(_account: Account, _changeType: ChangeType, _one: Instance): void {}
  clear(): void {}
  clearDeliveries(): void {}
}
