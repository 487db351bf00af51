import { type FormState, openForm } from "@/lib/auth/form-state";

/** What a look at a connection found, in words. */
export interface Diagnosis {
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

/** A look that could not be had. */
export const noDiagnosis: Diagnosis = { tone: "danger", steps: [], report: "" };

export type DiagnosisState = FormState & Diagnosis;

export const openDiagnosis: DiagnosisState = { ...openForm, ...noDiagnosis };
