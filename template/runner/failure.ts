import { findingText, type Finding } from "../../findings/finding";
import { pointerTo } from "../../findings/pointers";
import { visibleText } from "../../findings/text";
import type { TemplateRequest } from "../request";
import { shownSeconds, stageTexts, type StageName } from "./progress";

/** Why a run failed, in words for the user. */
export class RunFailure extends Error {
  readonly stage: StageName;
  /** At least one. */
  readonly findings: readonly Finding[];
  /** The lines of a tool's output that explain it. */
  readonly excerpt: readonly string[];

  constructor(stage: StageName, findings: readonly Finding[], excerpt: readonly string[] = []) {
    super(findings.map(findingText).join("\n"));
    this.name = "RunFailure";
    this.stage = stage;
    this.findings = findings;
    this.excerpt = excerpt;
  }
}

/** A failure with one finding. */
export function failure(
  stage: StageName,
  { where, wrong, remedy }: Pick<Finding, "where" | "wrong" | "remedy">,
  excerpt: readonly string[] = [],
): RunFailure {
  return new RunFailure(stage, [{ severity: "error", where, wrong, remedy }], excerpt);
}

/** Why a run has to end early. */
export class Cancellation extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Cancellation";
  }
}

/** What is known about a failed run. */
export interface FailedRun {
  readonly request: TemplateRequest;
  readonly stage: StageName;
  /** How long the stage had taken. */
  readonly seconds: number;
  readonly logFile: string;
  readonly remarks: readonly string[];
  /** That sessions may still be open in vCenter, in a sentence. */
  readonly leftSessions?: string | undefined;
}

/** What the user sees: the template, the stage, what went wrong, what to do, and where the complete log is. */
export function failureText(error: unknown, run: FailedRun): string {
  const { request, seconds, logFile, remarks, leftSessions } = run;
  const stage = error instanceof RunFailure ? error.stage : run.stage;
  const template = `The template ${request.name} in ${request.place.datacenter}`;
  const end = [
    ...(leftSessions === undefined ? [] : [leftSessions]),
    `See ${pointerTo("template-build")}.`,
    `Log: ${logFile}`,
  ];
  const text =
    error instanceof Cancellation
      ? [
          `${template} was not finished, because ${error.message}, at "${stageTexts[stage]}".`,
          ...(remarks.length > 0 ? remarks : ["The unfinished machine and its files are removed."]),
          ...end,
        ]
      : [
          `${template} failed at "${stageTexts[stage]}", after ${shownSeconds(seconds)}:`,
          ...lines(error).map((line) => `  ${line}`),
          ...remarks,
          ...end,
        ];
  return visibleText(text.join("\n"));
}

function lines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const excerpt = error instanceof RunFailure ? error.excerpt : [];
  return [...message.split("\n"), ...excerpt.map((line) => `| ${line}`)];
}
