import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Progress, type ProgressLine } from "../../template/runner/progress";
import type { Run } from "../../template/runner/run";
import { RunLog } from "../../template/runner/runLog";
import { usualSeconds } from "../../template/runner/progress";
import { runFolder } from "../../template/runner/run";
import type { TemplateRequest } from "../../template/request";
import { Redaction } from "../../vcenter";
import type { InMemoryVCenter } from "./inMemoryVCenter";
import { exampleRequest } from "./templateImages";
import { templateVCenter } from "./templateVCenter";

/** The password of the account that builds. */
export const buildingPassword = "hunter2-of-the-builder";

/** A run in a folder of a test, on a vCenter in memory. */
export interface ExampleRun {
  readonly run: Run;
  readonly vCenter: InMemoryVCenter;
  /** Asks the run to end. */
  readonly abort: (reason: Error) => void;
  /** What was written into the log. */
  log(): string;
  /** The texts of the progress, without the times in parentheses. */
  progress(): string[];
  /** Closes what the run holds open. */
  end(): void;
}

/** Makes a run. */
export function exampleRun(
  work: string,
  {
    request = {},
    previous,
    vCenter = templateVCenter(),
  }: {
    readonly request?: Partial<TemplateRequest>;
    readonly previous?: Run["previous"];
    readonly vCenter?: InMemoryVCenter;
  } = {},
): ExampleRun {
  const whole = { ...exampleRequest, ...request };
  const { name, place, vCenter: server } = whole;
  const folder = runFolder(work, server.server, { name, datacenter: place.datacenter });
  mkdirSync(folder.path, { recursive: true });
  const redaction = new Redaction();
  redaction.add(buildingPassword);
  const log = new RunLog(join(folder.path, "run.log"), redaction);
  const progress = new Progress(folder.progress, (stage) => usualSeconds[stage]);
  const controller = new AbortController();
  const run: Run = {
    ...{ request: whole, previous, root: work, work, folder, log, progress },
    remarks: [],
    ...{ client: vCenter.client(), password: buildingPassword, signal: controller.signal },
  };
  return {
    ...{ run, vCenter },
    abort: (reason) => controller.abort(reason),
    log: () => readFileSync(log.file, "utf8"),
    progress: () =>
      readFileSync(folder.progress, "utf8")
        .trimEnd()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as ProgressLine).text.replace(/ \([^(]*\)$/, "")),
    end: () => {
      progress.end();
      log.close();
    },
  };
}
