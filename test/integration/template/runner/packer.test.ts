import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { RunFailure } from "../../../../template/runner/failure";
import { Cancellation } from "../../../../template/runner/lifeline";
import { runPacker } from "../../../../template/runner/packer";
import type { StageName } from "../../../../template/runner/stages";
import { Tools } from "../../../../template/runner/tools";
import type { ImageRecipe } from "../../../../template/recipe";
import type { TemplateRequest } from "../../../../template/request";
import { setVariable } from "../../../support/environment";
import { buildingPassword, exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { builtinRecipe, exampleRequest } from "../../../support/templateImages";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";
import { thrownBy } from "../../../support/thrownBy";

/** Writes its arguments and its environment into files, and then does what the test says. */
const imitation = (script: string): string =>
  `#!/bin/sh\necho "$@" >> "$RECORD/arguments"\nenv > "$RECORD/environment-$1"\n${script}\n`;

const directory: ImageRecipe = {
  ...builtinRecipe,
  source: { kind: "directory", path: "x", name: "ours", variableFiles: ["a.pkrvars.hcl"] },
};

describe("Packer in the private copy", () => {
  const before = { ...process.env };
  let work: string;
  let example: ExampleRun;

  beforeEach(() => {
    work = temporaryFolder();
    process.env["RECORD"] = work;
    process.env["PATH"] = `${join(work, "bin")}:${before["PATH"] ?? ""}`;
    process.env["PULUMI_CONFIG_PASSPHRASE"] = "of the stack";
    for (const name of ["PACKER_CACHE_DIR", "SSL_CERT_FILE"]) setVariable(name, undefined);
  });

  afterEach(() => {
    for (const name of ["RECORD", "PATH", "PULUMI_CONFIG_PASSPHRASE", "PACKER_CACHE_DIR"]) {
      setVariable(name, before[name]);
    }
    setVariable("SSL_CERT_FILE", before["SSL_CERT_FILE"]);
    example.end();
    removeFolder(work);
  });

  /** Runs a program in Packer's place; answers with the stages that it came to. */
  async function pack(
    script: string,
    recipe: ImageRecipe = builtinRecipe,
    request: Partial<TemplateRequest> = {},
  ): Promise<StageName[]> {
    writeFiles(work, { "bin/packer": imitation(script) });
    chmodSync(join(work, "bin/packer"), 0o755);
    example = exampleRun(work, { request });
    const { run } = example;
    mkdirSync(run.folder.source, { recursive: true });
    removeFolder(join(work, "temporary"));
    mkdirSync(join(work, "temporary"));
    const stages: StageName[] = [];
    const tools = new Tools(run.log, run.signal, 1, () => undefined);
    await runPacker(
      run,
      { recipe },
      {
        tools,
        temporary: join(work, "temporary"),
        next: (stage) => {
          stages.push(stage);
          run.progress.stage(stage);
        },
      },
    );
    return stages;
  }

  const recorded = (file: string): string => readFileSync(join(work, file), "utf8");
  const environment = (stage: string): Record<string, string> =>
    Object.fromEntries(
      recorded(`environment-${stage}`)
        .split("\n")
        .map((line) => line.split(/=(.*)/s) as [string, string]),
    );

  it("is initialised, validates and builds, with the files of variables in their order", async () => {
    assert.deepEqual(await pack("true", directory), ["init", "validate", "build"]);
    const files = "-var-file=a.pkrvars.hcl -var-file=deckhouse-vsphere.pkrvars.hcl";
    assert.equal(
      recorded("arguments"),
      `init .\nvalidate ${files} .\nbuild -color=false -timestamp-ui ${files} .\n`,
    );
  });

  it("gets the password by the environment alone, and nothing that it need not know", async () => {
    await pack("true");
    for (const stage of ["init", "validate", "build"]) {
      const { PKR_VAR_vcenter_password: password, ...others } = environment(stage);
      assert.equal(password, buildingPassword);
      assert.equal(others["PULUMI_CONFIG_PASSPHRASE"], undefined);
      assert.equal(others["CHECKPOINT_DISABLE"], "1");
      assert.equal(others["TMPDIR"], join(work, "temporary"));
      assert.equal(others["PWD"], join(work, "temporary/source"));
      assert.equal(others["PACKER_CACHE_DIR"], join(work, "cache"));
    }
    assert.ok(!recorded("arguments").includes(buildingPassword));
    assert.ok(!example.log().includes(buildingPassword));
  });

  it("gives the guest of this project's own folders a new password, which no log shows", async () => {
    await pack('echo "guest $PKR_VAR_connection_password"');
    const first = environment("build")["PKR_VAR_connection_password"] ?? "";
    assert.ok(first.length >= 24);
    assert.ok(!example.log().includes(first));
    assert.ok(example.log().includes("guest ***"));
    example.end();
    await pack("true");
    assert.notEqual(environment("build")["PKR_VAR_connection_password"], first);
    example.end();
    await pack("true", directory);
    assert.equal(environment("build")["PKR_VAR_connection_password"], undefined);
  });

  it("uses the cache that the user has, and trusts the configuration's authority beside the user's", async () => {
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

  it("tells what the build is at, as Packer tells it", async () => {
    await pack(
      'test "$1" = build && echo "==> Creating virtual machine..." && echo "==> more" && echo "==> Waiting for IP..."; true',
    );
    assert.deepEqual(example.progress(), [
      "packer init",
      "packer validate",
      "packer build",
      "packer build: creating the virtual machine",
      "packer build: installing the guest system",
    ]);
  });

  for (const stage of ["init", "validate", "build"] as const) {
    it(`fails at ${stage} with what Packer says, and does not go on`, async () => {
      const error = await thrownBy(
        pack(`test "$1" = ${stage} || exit 0; echo fine; echo "Error: no such thing"; exit 1`),
      );
      assert.ok(error instanceof RunFailure);
      assert.equal(error.stage, stage);
      assert.equal(error.message, `packer ${stage} failed (exit code 1)`);
      assert.deepEqual(error.excerpt, ["Error: no such thing"]);
      assert.ok(recorded("arguments").trimEnd().split("\n").at(-1)?.startsWith(stage));
    });
  }

  it("says that it was killed, and that it took too long", async () => {
    const killed = (await thrownBy(pack("kill -9 $$"))) as RunFailure;
    assert.equal(killed.message, "packer init was killed");
    example.end();
    const timeouts = { ...exampleRequest.timeouts, build: 1 };
    const late = (await thrownBy(
      pack('test "$1" = build && exec sleep 30; true', builtinRecipe, { timeouts }),
    )) as RunFailure;
    assert.deepEqual([late.stage, late.message], ["build", "packer build took longer than 1 s"]);
    assert.match(late.remedy, /templateImage\.timeouts/);
  });

  it("ends with the run, and the run's reason is what is told", async () => {
    const reason = new Cancellation("Pulumi has ended it");
    const running = pack("exec sleep 30");
    example.abort(reason);
    assert.equal(await thrownBy(running), reason);
  });
});
