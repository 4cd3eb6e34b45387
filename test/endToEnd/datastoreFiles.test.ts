import assert from "node:assert/strict";
import {
  datastoreNames,
  generatedConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const zones = 4;
const datastores = 2_500;
const fileOf = (zone: number): string => `datastores/zone-${zone}.yaml`;

/** The generated stack, with the datastores of each zone in a file. */
function configuration(): Record<string, unknown> {
  const { regions, ...others } = generatedConfiguration(zones, 1) as {
    regions: { zones: { name: string }[] }[];
  };
  const inFiles = regions.map((region) => ({
    ...region,
    zones: region.zones.map(({ name, ...zone }) => ({
      ...{ ...zone, name, datastores: undefined },
      datastoresFile: fileOf(Number(name.split("-").at(-1))),
    })),
  }));
  return { regions: JSON.parse(JSON.stringify(inFiles)) as unknown, ...others };
}

function list(names: readonly string[]): string {
  return names.map((name) => `- ${name}\n`).join("");
}

describe("10,000 datastores, in files beside the configuration", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const writeAll = (nameOf = (name: string) => name): void => {
    for (let zone = 1; zone <= zones; zone += 1) {
      stack.write(fileOf(zone), list(datastoreNames(zone, datastores).map(nameOf)));
    }
  };

  stackForAllTests((made) => ({ simulator, stack } = made), {
    generate: { zones, datastores },
    configuration: configuration(),
  });

  it("that are all missing are told in a few lines and in seconds", async () => {
    writeAll((name) => name.replace("lun", "lnu"));
    const started = Date.now();
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /zone01_lnu_0001": no such object .* nearest that exist are .*zone01_lun_/,
    );
    assert.match(output, /and 9,980 more of this kind/);
    assert.ok(output.length < 65_536, `${output.length} characters`);
    assert.ok(Date.now() - started < 60_000, `${Date.now() - started} ms`);
  });

  it("that have one wrong name are told by the file and the place in it", async () => {
    writeAll();
    stack.write(fileOf(3), list([...datastoreNames(3, datastores), "zone03_lun_0001"]));
    const output = await stack.refusedPreview();
    assert.ok(
      output.includes(
        'datastores/zone-3.yaml[2500]: found "zone03_lun_0001": datastores/zone-3.yaml[0] is the same datastore: ' +
          "remove one of the two",
      ),
      output,
    );
  });

  it("come up, and the preview afterwards is clean", async () => {
    writeAll();
    await stack.up();
    const { attachments } = await simulator.control.snapshot();
    const tagged = new Set(
      attachments.filter(({ tag }) => tag.startsWith("k8s-zone")).map(({ path }) => path),
    );
    assert.equal(tagged.size, zones * datastores + zones);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("of which one is taken out of the file are one fewer, as the preview says", async () => {
    stack.write(fileOf(1), list(datastoreNames(1, datastores).slice(0, -1)));
    const { output } = await stack.preview("--diff");
    const changes = output.split("\n").filter((line) => /^ *[-+~] .*\/datastore\//.test(line));
    assert.equal(changes.length, 1, changes.slice(0, 10).join("\n"));
    assert.match(changes[0] ?? "", /^ *- .*zone01_lun_2500/);
  });

  it("are given back by destroy, which needs no files", async () => {
    stack.write(fileOf(1), "");
    await stack.destroy();
    const { attachments } = await simulator.control.snapshot();
    assert.deepEqual(
      attachments.filter(({ tag }) => tag.startsWith("k8s-")),
      [],
    );
  });
});
