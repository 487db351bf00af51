/** What a look at a connection found, in words. */
export interface DiagnosisState {
  status: "open" | "refused" | "done";
  /** One sentence about the whole. */
  message: string;
  tone: "success" | "warning" | "danger";
  steps: readonly {
    name: string;
    tone: "success" | "warning" | "danger" | "none";
    text: string;
    /** Call, status, time and request-id. */
    technical: string;
  }[];
  /** All of it as lines to pass on. */
  report: string;
}

export const noDiagnosis: DiagnosisState = {
  status: "open",
  message: "",
  tone: "success",
  steps: [],
  report: "",
};
