import type { TemplateRequest } from "../templateImage/request";
import { RunFailure } from "./failure";
import { Cancellation } from "./lifeline";
import { shownSeconds } from "./progress";
import { stageTexts, type StageName } from "./stages";

/** What is known when a run failed. */
export interface FailedRun {
  readonly request: TemplateRequest;
  readonly stage: StageName;
  /** How long the stage had taken. */
  readonly seconds: number;
  readonly logFile: string;
}

/** What the user is shown: the template, the stage, what went wrong, what to do, and where the whole log is. */
export function failureText(error: unknown, run: FailedRun): string {
  const { request, seconds, logFile } = run;
  const stage = error instanceof RunFailure ? error.stage : run.stage;
  const what = `The template ${request.name} in ${request.place.datacenter}`;
  if (error instanceof Cancellation) {
    return `${what} was not finished, because ${error.message}, at "${stageTexts[stage]}". What it had begun is removed.\nLog: ${logFile}`;
  }
  return [
    `${what} failed at "${stageTexts[stage]}", after ${shownSeconds(seconds)}:`,
    ...lines(error).map((line) => `  ${line}`),
    ...(error instanceof RunFailure && error.remedy !== ""
      ? [`What to do: ${error.remedy}${/[.?]$/.test(error.remedy) ? "" : "."}`]
      : []),
    `Log: ${logFile}`,
  ].join("\n");
}

function lines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const excerpt = error instanceof RunFailure ? error.excerpt : [];
  return [...message.split("\n"), ...excerpt.map((line) => `| ${line}`)];
}
