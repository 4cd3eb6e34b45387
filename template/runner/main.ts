/**
 * Makes, copies or removes one template. Started by launch/templateImage.js for a Command resource:
 *
 *     main.js make|remove ROOT LAUNCHER PARENT
 *
 * ROOT is the root of this repository, LAUNCHER the id of the process that started this one and that this one outlives,
 * PARENT the id of the launcher's parent. The request and the password are passed in the environment
 * (template/request.ts). Prints one line of JSON on standard output, a TemplateResult; everything else goes into files.
 */
import { mkdirSync } from "node:fs";

import { visibleText } from "../../findings/text";
import { Redaction, VCenterClient, type VCenterConnection } from "../../vcenter";
import {
  buildingPassword,
  requestText,
  type TemplateRequest,
  type TemplateResult,
} from "../request";
import { buildTemplate } from "./buildTemplate";
import { copyTemplate } from "./copyTemplate";
import { failureText } from "./failure";
import { lifeline } from "./processes";
import { BuildDurations, Progress, usualSeconds } from "./progress";
import { removeTemplate, findTemplate, result, withRealPaths } from "./templates";
import { newLogFile, runFolder, workFolder, type Run } from "./run";
import { RunLog } from "./runLog";

const [, , operation = "", root = "", launcher = "", parent = ""] = process.argv;

// If nobody reads any more, the engine is gone, and there is still something to clean up.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

main().catch((error: unknown) => {
  process.stderr.write(`${visibleText(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const signal = lifeline(Number(launcher), Number(parent));
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
    request,
    root,
    work,
    folder,
    client,
    password,
    log,
    progress,
    signal,
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
      request,
      stage,
      seconds,
      logFile: log.file,
      remarks: run.remarks,
      leftSessions,
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
    server,
    user,
    password,
    insecure,
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  };
}

/** What the resource's previous run printed, as the engine passes it on. */
function previousResult(text: string | undefined): TemplateResult | undefined {
  try {
    return text === undefined || text === "" ? undefined : (JSON.parse(text) as TemplateResult);
  } catch {
    return undefined;
  }
}
