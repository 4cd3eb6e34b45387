import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";

import type { ProgressLine } from "../runner/progress";
import { runFolder, workFolder } from "../runner/workFolder";
import type { TemplateRequest } from "../templateImage/request";
import { visibleLine } from "../vcenter/visibleText";

const pollMilliseconds = 1000;

/** Which run to show. */
export interface ShownRun {
  /** The root of this repository. */
  readonly root: string;
  readonly request: TemplateRequest;
}

/**
 * Shows what the run of a Command is at, as lines that pass beside the component: the runner writes them into a file,
 * because what a command prints is kept in the state.
 */
export function showProgress(
  component: pulumi.Resource,
  region: string,
  command: { readonly stdout: pulumi.Output<string> },
  { root, request }: ShownRun,
): void {
  if (pulumi.runtime.isDryRun()) return;
  const { progress } = runFolder(workFolder(root), request.vCenter.server, {
    name: request.name,
    datacenter: request.place.datacenter,
  });
  const start = Date.now();
  let shown = "";
  const timer = setInterval(() => {
    const text = latest(progress, start);
    if (text === undefined || text === shown) return;
    shown = text;
    void pulumi.log.info(visibleLine(`${region}: ${text}`), component, undefined, true);
  }, pollMilliseconds).unref();
  command.stdout.apply(() => clearInterval(timer));
}

/** The last whole line of the file, if a run of now wrote it. */
function latest(file: string, start: number): string | undefined {
  try {
    const line = readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "";
    const { at, text } = JSON.parse(line) as ProgressLine;
    return at >= start ? text : undefined;
  } catch {
    return undefined;
  }
}
