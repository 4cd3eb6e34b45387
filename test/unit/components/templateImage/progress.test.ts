import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { showProgress } from "../../../../components/templateImage/progress";
import { setVariable } from "../../../support/environment";
import { FakeClock } from "../../../support/fakeClock";
import { recordProgram } from "../../../support/pulumiMocks";
import { folderForEachTest } from "../../../support/temporaryFolder";
import { exampleRequest } from "../../../support/templateImages";

const variable = "DECKHOUSE_VSPHERE_TEMPLATE_FOLDER";
const start = Date.parse("2026-01-02T03:04:05Z");

describe("the progress of a template beside the component", () => {
  let work: string;
  let file: string;
  let shown: string[];
  const { info } = pulumi.log;

  folderForEachTest((made) => {
    work = made;
    process.env[variable] = work;
    const folder = join(work, "vcenter", "t@X1");
    mkdirSync(folder, { recursive: true });
    file = join(folder, "progress");
    shown = [];
  });

  afterEach(() => setVariable(variable, undefined));

  const write = (...lines: (readonly [at: number, text: string, isRemark?: true])[]): void =>
    writeFileSync(
      file,
      lines.map(([at, text, isRemark]) => `${JSON.stringify({ at, text, isRemark })}\n`).join(""),
    );

  const request = {
    ...{ ...exampleRequest, name: "t" },
    vCenter: { ...exampleRequest.vCenter, server: "vcenter" },
  };

  /** Shows the progress while a test lets time pass, with a Command that ends when the test says so. */
  async function showing(
    preview: boolean,
    task: (clock: FakeClock, end: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const { error } = await recordProgram({ preview }, async () => {
      const component = new pulumi.ComponentResource("test:index:Component", "component");
      let give = (_text: string): void => undefined;
      const stdout = pulumi.output(
        new Promise<string>((resolve) => {
          give = resolve;
        }),
      );
      const clock = new FakeClock(start);
      const log = pulumi.log as { info: typeof info };
      log.info = (message, resource, _stream, ephemeral) => {
        assert.equal(resource, component);
        assert.equal(ephemeral, true, "it passes, and nothing of it stays in the log");
        shown.push(message);
        return Promise.resolve();
      };
      try {
        showProgress(component, "k8s-region-x1", { stdout }, { root: "/nowhere", request });
        await task(clock, async () => {
          give("{}");
          await new Promise(setImmediate);
          await new Promise(setImmediate);
        });
        give("{}");
      } finally {
        log.info = info;
        clock.restore();
      }
    });
    assert.ifError(error);
  }

  it("ends with what the user has to know, as a warning that stays", async () => {
    const warnings: string[] = [];
    const log = pulumi.log as { warn: typeof pulumi.log.warn };
    const { warn } = log;
    log.warn = (message) => Promise.resolve(void warnings.push(message));
    try {
      await showing(false, async (clock, end) => {
        const before = [start - 1, "a session of the run before", true] as const;
        write(before, [start + 500, "looking"], [start + 900, "a session stays", true]);
        clock.pass(2000);
        assert.deepEqual([shown, warnings], [[], []]);
        await end();
        assert.deepEqual(warnings, ["k8s-region-x1: a session stays"]);
      });
    } finally {
      log.warn = warn;
    }
  });

  it("is the last line that the run has written, each once", async () => {
    await showing(false, async (clock) => {
      clock.pass(1000);
      assert.deepEqual(shown, [], "nothing is written yet");
      write([start + 500, "looking"], [start + 900, "fetching"]);
      clock.pass(2000);
      assert.deepEqual(shown, ["fetching, k8s-region-x1"]);
      write([start + 2500, "building"]);
      clock.pass(1000);
      assert.deepEqual(shown, ["fetching, k8s-region-x1", "building, k8s-region-x1"]);
      await Promise.resolve();
    });
  });

  it("is not that of an earlier run, nor half a line", async () => {
    await showing(false, async (clock) => {
      write([start - 1, "of yesterday"]);
      clock.pass(1000);
      writeFileSync(file, '{"at":9999999999999,"text":"hal');
      clock.pass(1000);
      writeFileSync(file, "");
      clock.pass(1000);
      assert.deepEqual(shown, []);
      await Promise.resolve();
    });
  });

  it("ends with the command, and is nothing at preview, when nothing runs", async () => {
    await showing(false, async (clock, end) => {
      assert.equal(clock.running, 1);
      await end();
      assert.equal(clock.running, 0);
    });
    await showing(true, async (clock) => {
      assert.equal(clock.running, 0);
      await Promise.resolve();
    });
  });
});
