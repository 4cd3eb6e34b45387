/**
 * Makes, copies or removes one template: what launch/templateImage.js starts for a Command resource.
 *
 *     main.js make|remove ROOT STARTER PARENT
 *
 * ROOT is the root of this repository, STARTER the process that started this one and is to be outlived, PARENT the one
 * that had started that. The request and the password come by the environment (template/request.ts). Standard
 * output gets one line of JSON, a TemplateResult; everything else goes into files.
 */
import { mkdirSync } from "node:fs";

import type { TemplateRequest, TemplateResult } from "../request";
import { Redaction, VCenterClient, type VCenterConnection } from "../../vcenter";
import { buildTemplate } from "./buildTemplate";
import { copyTemplate } from "./copyTemplate";
import { BuildDurations } from "./durations";
import { buildingPassword, requestText } from "./environment";
import { lifeline } from "./lifeline";
import { Progress } from "./progress";
import { removeTemplate } from "./removeTemplate";
import { failureText } from "./report";
import type { Run } from "./run";
import { RunLog } from "./runLog";
import { usualSeconds } from "./stages";
import { withRealPaths } from "./realPlace";
import { findTemplate, result } from "./templates";
import { newLogFile, runFolder, workFolder } from "./workFolder";
import { visibleText } from "../../findings/text";

const [, , operation = "", root = "", starter = "", parent = ""] = process.argv;

// Nobody reads any more: the engine is gone, and what was begun still has to be cleaned up.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

main().catch((error: unknown) => {
  process.stderr.write(`${visibleText(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const signal = lifeline(Number(starter), Number(parent));
  const request = JSON.parse(requestText(process.env)) as TemplateRequest;
  const password = buildingPassword(request.vCenter.passwordVariable, process.env);
  const work = workFolder(root);
  const folder = runFolder(work, request.vCenter.server, {
    name: request.name,
    datacenter: request.place.datacenter,
  });
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  const redaction = new Redaction();
  redaction.add(password);
  const log = new RunLog(newLogFile(folder), redaction);
  const source = request.build?.recipe.source;
  const usualBuild = source && new BuildDurations(work).usual(source);
  const progress = new Progress(folder.progress, (stage) =>
    stage === "build" ? (usualBuild ?? usualSeconds.build) : usualSeconds[stage],
  );
  let leftSessions: string | undefined;
  const client = new VCenterClient(connection(request, password), {
    onLeftSessions: (sentence) => {
      leftSessions = sentence;
      log.note(sentence);
      progress.remark(sentence);
    },
  });
  const run: Run = {
    ...{ request, root, work, folder, client, password, log, progress, signal },
    remarks: [],
    previous: previousResult(process.env["PULUMI_COMMAND_STDOUT"]),
  };
  try {
    const known = { ...run, request: await withRealPaths(client, request) };
    if (operation === "remove") log.note(await removeTemplate(known));
    else process.stdout.write(`${JSON.stringify(await make(known))}\n`);
  } catch (error) {
    const { current: stage, seconds } = progress;
    await client.finish();
    const text = failureText(error, {
      ...{ request, stage, seconds, logFile: log.file },
      ...{ remarks: run.remarks, leftSessions },
    });
    process.stderr.write(`${redaction.clean(text)}\n`);
    log.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  } finally {
    progress.end();
    await client.finish();
    log.close();
  }
}

async function make(run: Run): Promise<TemplateResult> {
  const { request } = run;
  run.progress.stage("look");
  const found = await findTemplate(run);
  if (found !== undefined) return result(run, found, "found");
  if (request.copyFrom !== undefined) return copyTemplate(run, request.copyFrom);
  if (request.build !== undefined) return buildTemplate(run, request.build);
  throw new Error("the request says neither how to build the template nor what to copy");
}

function connection({ vCenter }: TemplateRequest, password: string): VCenterConnection {
  const { server, user, insecure, certificateAuthority } = vCenter;
  return {
    ...{ server, user, password, insecure },
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  };
}

/** The engine hands over what the resource's last run printed. */
function previousResult(text: string | undefined): TemplateResult | undefined {
  try {
    return text === undefined || text === "" ? undefined : (JSON.parse(text) as TemplateResult);
  } catch {
    return undefined;
  }
}
