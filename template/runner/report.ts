import type { TemplateRequest } from "../request";
import { RunFailure } from "./failure";
import { Cancellation } from "./lifeline";
import { shownSeconds } from "./progress";
import { stageTexts, type StageName } from "./stages";
import { visibleText } from "../../findings/text";

/** What is known when a run failed. */
export interface FailedRun {
  readonly request: TemplateRequest;
  readonly stage: StageName;
  /** How long the stage had taken. */
  readonly seconds: number;
  readonly logFile: string;
  readonly remarks: readonly string[];
  /** That sessions may have stayed open in vCenter, a sentence. */
  readonly leftSessions?: string | undefined;
}

/** What the user is shown: the template, the stage, what went wrong, what to do, and where the whole log is. */
export function failureText(error: unknown, run: FailedRun): string {
  return visibleText(textOf(error, run));
}

function textOf(error: unknown, run: FailedRun): string {
  const { request, seconds, logFile, remarks, leftSessions } = run;
  const end = [...(leftSessions === undefined ? [] : [leftSessions]), `Log: ${logFile}`];
  const stage = error instanceof RunFailure ? error.stage : run.stage;
  const what = `The template ${request.name} in ${request.place.datacenter}`;
  if (error instanceof Cancellation) {
    const clean = remarks.length > 0 ? remarks : ["What it had begun is removed."];
    return [
      `${what} was not finished, because ${error.message}, at "${stageTexts[stage]}".`,
      ...clean,
      ...end,
    ].join("\n");
  }
  return [
    `${what} failed at "${stageTexts[stage]}", after ${shownSeconds(seconds)}:`,
    ...lines(error).map((line) => `  ${line}`),
    ...(error instanceof RunFailure && error.remedy !== ""
      ? [`What to do: ${error.remedy}${/[.?]$/.test(error.remedy) ? "" : "."}`]
      : []),
    ...remarks,
    ...end,
  ].join("\n");
}

function lines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const excerpt = error instanceof RunFailure ? error.excerpt : [];
  return [...message.split("\n"), ...excerpt.map((line) => `| ${line}`)];
}
