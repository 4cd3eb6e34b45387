import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import type { WrittenConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { templateConfiguration } from "../support/templateStack";

/** As far as it is read: the resources with their inputs and outputs. */
interface State {
  readonly deployment: {
    readonly resources: {
      readonly type: string;
      readonly inputs?: Record<string, unknown>;
      readonly outputs?: Record<string, unknown>;
    }[];
  };
}

/** The example with a template that exists. */
function cloning(template: string): WrittenConfiguration {
  return {
    ...templateConfiguration(),
    templateImage: { existing: { template: `Templates/${template}` } },
  };
}

describe("what a preview says for a cluster that runs", () => {
  const variable = "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD";
  const [second, third] = ["5kP8wZ2qLd7vRb4N", "9tH3mX7cJf6yGs2Q"];
  let simulator: Simulator;
  let first: TestStack;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack: first } = made), {
    configuration: cloning("one"),
  });

  before(async () => {
    for (const name of ["one", "two"]) {
      await simulator.control.change({
        ...{ operation: "createVirtualMachine", path: "/X1/vm/Templates", name },
        ...{ cluster: "x1_cluster_prod", datastore: "x1_root", network: "k8s-nodes" },
        ...{ template: true, diskGigabytes: [20] },
      });
    }
    await first.up();
    first.watch(second);
    first.watch(third);
    stack = first.with({ [variable]: second });
  });

  /** What a preview plans, and what it warns of. */
  async function planned(of: TestStack, ...options: readonly string[]) {
    const { steps, messages } = await of.plan(...options);
    const warnings = messages.split("\n").filter((line) => line.startsWith("warning: "));
    return { steps, warnings: warnings.map((line) => line.split(": ").slice(1, 3).join(": ")) };
  }

  const warning =
    "deckhouse-vsphere:clusterAccountPassword: it is another one than at the last up, and up writes it into documents " +
    "alone, so a running cluster keeps the former one, and can make or change no machine and no volume once vCenter " +
    "refuses that";

  it("is nothing while its password and its template are the same", async () => {
    assert.deepEqual(await planned(first), { steps: [], warnings: [] });
  });

  for (const options of [[], ["--refresh=false"]]) {
    it(`is what to do about another password, which changes no resource: ${["plain", ...options].join(" ")}`, async () => {
      assert.deepEqual(await planned(stack, ...options), { steps: [], warnings: [warning] });
    });
  }

  it("is nothing once up knows it, also after a refresh", async () => {
    assert.match((await stack.up()).output, /provider\.password in `d8 system edit /);
    assert.deepEqual(await planned(stack), { steps: [], warnings: [] });
    await stack.refresh();
    assert.deepEqual(await planned(stack), { steps: [], warnings: [] });
    await stack.acceptedPreview("--expect-no-changes");
    assert.deepEqual((await planned(first)).warnings, [warning]);
  });

  it("is compared with what the state holds encrypted among the inputs, and not in the outputs", async () => {
    const state = await stack.exportState();
    assert.ok(!state.includes(second));
    const { inputs, outputs } = vCenterIn(JSON.parse(state) as State);
    const { ciphertext } = inputs?.["documentSecrets"] as { readonly ciphertext?: string };
    assert.ok(ciphertext);
    assert.ok(outputs && !("documentSecrets" in outputs));
  });

  it("is nothing of the password after a state of a version that did not hold it", async () => {
    const state = JSON.parse(await stack.exportState()) as State;
    const { inputs } = vCenterIn(state);
    delete inputs?.["documentSecrets"];
    const file = join(stack.directory, "state-of-before.json");
    writeFileSync(file, JSON.stringify(state));
    await stack.accepted("stack", "import", "--file", file);
    const rotated = first.with({ [variable]: third });
    assert.deepEqual(await planned(rotated), { steps: [], warnings: [] });
    await rotated.up();
    assert.deepEqual(await planned(rotated), { steps: [], warnings: [] });
    assert.deepEqual((await planned(stack)).warnings, [warning]);
    await stack.up();
  });

  it("is what becomes of its nodes with another template", async () => {
    stack.configure(cloning("two"));
    const words = "nodes of region k8s-region-x1 are cloned from Templates/two";
    const { steps, messages } = await stack.plan();
    assert.deepEqual(steps, ["update template-k8s-region-x1-lookup"]);
    assert.ok(messages.includes(`${words}, until now Templates/one`), messages);
    assert.ok(messages.includes(`warning: ${words}: Machines made from then on`), messages);
    await stack.up();
    assert.deepEqual(await planned(stack), { steps: [], warnings: [] });
  });
});

function vCenterIn({ deployment }: State): State["deployment"]["resources"][number] {
  const found = deployment.resources.find(({ type }) => type.endsWith(":VCenter"));
  assert.ok(found, "a state without VCenter");
  return found;
}
