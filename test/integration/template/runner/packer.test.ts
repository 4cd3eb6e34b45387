import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ImageRecipe } from "../../../../template/recipe";
import type { TemplateRequest } from "../../../../template/request";
import { Tools } from "../../../../template/runner/childProcess";
import { Cancellation, RunFailure } from "../../../../template/runner/failure";
import { runPacker } from "../../../../template/runner/packer";
import type { StageName } from "../../../../template/runner/progress";
import { setVariable } from "../../../support/environment";
import { buildingPassword, exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { folderForEachTest, removeFolder, writeFiles } from "../../../support/temporaryFolder";
import { builtinRecipe, exampleRequest } from "../../../support/templateImages";
import { thrownBy } from "../../../support/thrownBy";

/** Writes its arguments and its environment into files, and then does what the test says. */
const imitation = (script: string): string =>
  `#!/bin/sh\necho "$@" >> "$RECORD/arguments"\nenv > "$RECORD/environment-$1"\n${script}\n`;

const directory: ImageRecipe = {
  ...builtinRecipe,
  source: { kind: "directory", path: "x", name: "ours", variableFiles: ["a.pkrvars.hcl"] },
};
const stages = ["init", "validate", "build"] as const;

describe("Packer in the private copy", () => {
  const variables = [
    ...["RECORD", "PATH", "PULUMI_CONFIG_PASSPHRASE", "PACKER_CACHE_DIR", "SSL_CERT_FILE"],
  ];
  const before = { ...process.env };
  let work: string;
  let example: ExampleRun;

  folderForEachTest((made) => {
    work = made;
    process.env["RECORD"] = work;
    process.env["PATH"] = `${join(work, "bin")}:${before["PATH"] ?? ""}`;
    process.env["PULUMI_CONFIG_PASSPHRASE"] = "of the stack";
    for (const name of ["PACKER_CACHE_DIR", "SSL_CERT_FILE"]) setVariable(name, undefined);
  });

  afterEach(() => {
    for (const name of variables) setVariable(name, before[name]);
  });

  /** Runs a program in Packer's place; returns the stages that it came to. */
  async function pack(
    script: string,
    recipe: ImageRecipe = builtinRecipe,
    request: Partial<TemplateRequest> = {},
  ): Promise<StageName[]> {
    writeFiles(work, { "bin/packer": imitation(script) });
    chmodSync(join(work, "bin/packer"), 0o755);
    example = exampleRun(work, { request });
    const { run } = example;
    const temporary = join(work, "temporary");
    mkdirSync(run.folder.source, { recursive: true });
    removeFolder(temporary);
    mkdirSync(temporary);
    const seen: StageName[] = [];
    const tools = new Tools({ log: run.log, signal: run.signal, grace: 1 });
    const next = (stage: StageName): void => {
      seen.push(stage);
      run.progress.stage(stage);
    };
    try {
      await runPacker(run, { recipe }, { tools, temporary, next });
      return seen;
    } finally {
      example.end();
    }
  }

  async function failure(...parameters: Parameters<typeof pack>): Promise<RunFailure> {
    const error = await thrownBy(pack(...parameters));
    assert.ok(error instanceof RunFailure, String(error));
    return error;
  }

  const recorded = (file: string): string => readFileSync(join(work, file), "utf8");
  const environment = (stage: string): Record<string, string> =>
    Object.fromEntries(
      recorded(`environment-${stage}`)
        .split("\n")
        .map((line) => line.split(/=(.*)/s) as [string, string]),
    );

  it("is initialised, validates and builds, with the variable files in order and no secret", async () => {
    assert.deepEqual(await pack("true", directory), stages);
    const files = "-var-file=a.pkrvars.hcl -var-file=deckhouse-vsphere.pkrvars.json";
    assert.equal(
      recorded("arguments"),
      `init .\nvalidate ${files} .\nbuild -color=false -timestamp-ui ${files} .\n`,
    );
    for (const stage of stages) {
      const given = environment(stage);
      assert.equal(given["PKR_VAR_vcenter_password"], buildingPassword);
      assert.equal(given["PKR_VAR_connection_password"], undefined);
      assert.equal(given["PULUMI_CONFIG_PASSPHRASE"], undefined);
      assert.equal(given["CHECKPOINT_DISABLE"], "1");
      assert.equal(given["TMPDIR"], join(work, "temporary"));
      assert.equal(given["PWD"], join(work, "temporary/source"));
      assert.equal(given["PACKER_CACHE_DIR"], join(work, "cache"));
    }
    assert.ok(!example.log().includes(buildingPassword));
  });

  it("gives the guest of the built-in folders a new password each time, which no log shows", async () => {
    const passwords: string[] = [];
    for (let build = 0; build < 2; build++) {
      await pack('echo "guest $PKR_VAR_connection_password"');
      passwords.push(environment("build")["PKR_VAR_connection_password"] ?? "");
      assert.ok(example.log().includes("guest ***"));
      assert.ok(!example.log().includes(passwords[build]!));
    }
    assert.ok(passwords.every(({ length }) => length >= 24));
    assert.notEqual(passwords[0], passwords[1]);
  });

  it("uses the user's cache, and trusts the configuration's authority besides the user's", async () => {
    process.env["PACKER_CACHE_DIR"] = "/var/cache/packer";
    process.env["SSL_CERT_FILE"] = join(work, "theirs.pem");
    writeFiles(work, { "theirs.pem": "THEIRS" });
    const vCenter = { ...exampleRequest.vCenter, certificateAuthority: "OURS" };
    await pack("true", builtinRecipe, { vCenter });
    const given = environment("build");
    assert.equal(given["PACKER_CACHE_DIR"], "/var/cache/packer");
    assert.equal(readFileSync(given["SSL_CERT_FILE"] ?? "", "utf8"), "THEIRS\nOURS\n");
    assert.equal(recorded("theirs.pem"), "THEIRS");
  });

  it("shows what the build is doing, as Packer reports it", async () => {
    const lines = ["Creating virtual machine...", "more", "Waiting for IP..."];
    await pack(`test "$1" = build || exit 0; ${lines.map((line) => `echo "${line}"`).join("; ")}`);
    assert.deepEqual(example.progress(), [
      "packer init",
      "packer validate",
      "packer build",
      "creating the virtual machine",
      "installing the guest system",
    ]);
  });

  for (const stage of stages) {
    it(`fails at ${stage} with what Packer prints, and does not go on`, async () => {
      const error = await failure(
        `test "$1" = ${stage} || exit 0; echo fine; echo "Error: no such thing"; exit 1`,
      );
      assert.equal(error.stage, stage);
      assert.ok(error.message.startsWith(`packer ${stage}: failed (exit code 1): `), error.message);
      assert.deepEqual(error.excerpt, ["Error: no such thing"]);
      assert.ok(recorded("arguments").trimEnd().split("\n").at(-1)?.startsWith(stage));
    });
  }

  it("reports that it was killed, or took too long", async () => {
    assert.match((await failure("kill -9 $$")).message, /^packer init: was killed: let this /);
    const timeouts = { ...exampleRequest.timeouts, build: 1 };
    const late = await failure('test "$1" = build && exec sleep 30; true', directory, { timeouts });
    assert.match(
      late.message,
      /^packer build: took longer than 1 s: .*\(templateImage\.timeouts\)$/,
    );
  });

  it("ends with the run, whose reason is reported", async () => {
    const reason = new Cancellation("Pulumi ended it");
    const running = pack("exec sleep 30");
    example.abort(reason);
    assert.equal(await thrownBy(running), reason);
  });
});
