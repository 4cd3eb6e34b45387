import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";

import { visibleLine } from "../../findings/text";
import type { TemplateRequest } from "../../template/request";
import type { ProgressLine } from "../../template/runner/progress";
import { runFolder, workFolder } from "../../template/runner/run";

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
    const line = linesSince(progress, start).at(-1);
    if (line === undefined || line.isRemark || line.text === shown) return;
    shown = line.text;
    void pulumi.log.info(visibleLine(`${line.text}, ${region}`), component, undefined, true);
  }, pollMilliseconds).unref();
  command.stdout.apply(() => {
    clearInterval(timer);
    for (const { text, isRemark } of linesSince(progress, start)) {
      if (isRemark) void pulumi.log.warn(visibleLine(`${region}: ${text}`), component);
    }
  });
}

/** The whole lines of the file that a run of now wrote. */
function linesSince(file: string, start: number): ProgressLine[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  // What follows the last line break is half a line.
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap(parsed)
    .filter(({ at }) => at >= start);
}

function parsed(line: string): ProgressLine[] {
  try {
    return [JSON.parse(line) as ProgressLine];
  } catch {
    return [];
  }
}
