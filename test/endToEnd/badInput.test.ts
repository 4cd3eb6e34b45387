import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";

/** A mistake, and the line that has to be in the one message about all of them. */
interface Mistake {
  readonly what: string;
  readonly make: (configuration: WrittenConfiguration) => void;
  readonly line: RegExp;
}

const mistakes: readonly Mistake[] = [
  {
    what: "an unknown key",
    make: (configuration) => Object.assign(configuration, { region: [] }),
    line: /^ *region: found .*: there is no such key: write regions/m,
  },
  {
    what: "a wrong type",
    make: (configuration) => Object.assign(configuration, { protect: "always" }),
    line: /^ *protect: found "always": .*: write /m,
  },
  {
    what: "a duplicate tag",
    make: (configuration) => (zoneOf(configuration, "k8s-zone-x2-b").name = "k8s-zone-x2-a"),
    line: /^ *regions\[1\]\.zones\[1\]\.name: found "k8s-zone-x2-a": regions\[1\]\.zones\[0\]\.name has this name already/m,
  },
  {
    what: "zone names that collide as Kubernetes names",
    make: (configuration) => {
      zoneOf(configuration, "k8s-zone-x1-a").name = "zonea";
      zoneOf(configuration, "k8s-zone-x1-b").name = "zone_a";
    },
    line: /^ *regions\[0\]\.zones\[1\]\.name: found "zone_a": .*"zonea"/m,
  },
  {
    what: "a cluster in two zones",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").cluster = "/X1/host/x1_cluster_prod"),
    line: /^ *regions\[0\]\.zones\[1\]\.cluster: found .*: regions\[0\]\.zones\[0\]\.cluster is the same cluster/m,
  },
  {
    what: "a cluster outside its region's datacenter",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").cluster = "/X2/host/x1_cluster_stage"),
    line: /^ *regions\[0\]\.zones\[1\]\.cluster: found "\/X2\/host\/x1_cluster_stage": the cluster is outside \/X1/m,
  },
  {
    what: "a datastore outside its region's datacenter",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").datastores = ["/X2/datastore/x1_lun_3"]),
    line: /^ *regions\[0\]\.zones\[1\]\.datastores\[0\]: found .*: the datastore is outside \/X1/m,
  },
  {
    what: "an escape sequence and a direction mark in a name",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").datastores = ["/X2/datastore/\u001b[31mlun\u202e"]),
    line: /^ *regions\[0\]\.zones\[1\]\.datastores\[0\]: found "\/X2\/datastore\/\\u001b\[31mlun\\u202e": /m,
  },
  {
    what: "equal category names",
    make: (configuration) =>
      Object.assign(configuration, { categories: { zone: { name: "K8S-Region" } } }),
    line: /^ *categories\.zone\.name: found "K8S-Region": the region category has this name too/m,
  },
  {
    what: "a principal without its domain",
    make: (configuration) => (configuration.role["principals"] = ["deckhouse"]),
    line: /^ *role\.principals\[0\]: found "deckhouse": the principal has no domain/m,
  },
  {
    what: "an unknown privilege",
    make: (configuration) => (configuration.role["extraPrivileges"] = ["Datastore.Brows"]),
    line: /^ *role\.extraPrivileges\[0\]: found "Datastore\.Brows": vCenter knows no such privilege.*: write Datastore\.Browse/m,
  },
  {
    what: "an internal network that is not a network address",
    make: (configuration) =>
      Object.assign(configuration.regions[0]?.clusterConfiguration ?? {}, {
        networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.1/24" }],
      }),
    line: /^ *regions\[0\]\.clusterConfiguration\.networks\[0\]\.subnet: found "10\.20\.0\.1\/24"/m,
  },
  {
    what: "a password that is not encrypted",
    make: (configuration) => Object.assign(configuration, { "vsphere:password": "in-the-clear" }),
    line: /^ *vsphere:password: found <hidden>: it is not encrypted/m,
  },
];

/** What a terminal obeys and does not show; the engine is told to use no colours. */
const disguising =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

describe("bad configuration", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
  });

  /** Runs a preview of the example with mistakes. */
  async function previewWith(...made: readonly Mistake[]): Promise<string> {
    const configuration = exampleConfiguration();
    made.forEach(({ make }) => {
      make(configuration);
    });
    stack.configure(configuration);
    const preview = await stack.preview();
    assert.notEqual(preview.exitCode, 0);
    return preview.output;
  }

  for (const mistake of mistakes) {
    it(`${mistake.what} gives its message`, async () => {
      const output = await previewWith(mistake);
      assert.match(output, mistake.line);
      assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m, "a stack trace");
      assert.doesNotMatch(output, /in-the-clear/);
      assert.doesNotMatch(output, disguising);
    });
  }

  it("gives all faults in one message", async () => {
    const together = mistakes.filter(({ what }) => !/outside|collide/.test(what));
    const output = await previewWith(...together);
    for (const { line } of together) {
      assert.match(output, line);
    }
    assert.equal(output.match(/The stack configuration has \d+ faults/g)?.length, 2);
  });

  it("a datacenter called 0042 is told with what YAML makes of it", async () => {
    stack.configure(exampleConfiguration());
    const file = join(stack.directory, `Pulumi.${stack.name}.yaml`);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/datacenter: X1$/m, "datacenter: 0042"));
    // A shell says so of the folder in which the user stands.
    const { output } = await stack.with({ PWD: stack.directory }).preview();
    assert.match(
      output,
      /^ *regions\[0\]\.datacenter: found 34: YAML makes 34 of 0042: put it in quotes, "0042"/m,
    );
  });

  it("is found before anything talks to vCenter", async () => {
    assert.equal((await simulator.control.calls()).total, 0);
  });

  it("objects that do not exist are all named at preview, with the nearest that do", async () => {
    const configuration = exampleConfiguration();
    zoneOf(configuration, "k8s-zone-x1-a").cluster = "x1_cluster_prd";
    zoneOf(configuration, "k8s-zone-x2-b").datastores = ["x2_lun_7"];
    stack.configure(configuration);
    const preview = await stack.preview();
    assert.notEqual(preview.exitCode, 0);
    assert.match(
      preview.output,
      /\/X1\/host\/x1_cluster_prd: no such object .*\/X1\/host\/x1_cluster_prod/,
    );
    assert.match(
      preview.output,
      /\/X2\/datastore\/x2_lun_7: no such object .*\/X2\/datastore\/x2_lun_/,
    );
  });

  it("names that would disguise a message are shown as what they are", async () => {
    const configuration = exampleConfiguration();
    zoneOf(configuration, "k8s-zone-x2-b").datastores = ["x2\u001b[2J_lun\u202e_7"];
    stack.configure(configuration);
    const preview = await stack.preview();
    assert.notEqual(preview.exitCode, 0);
    assert.match(preview.output, /\/X2\/datastore\/x2\\x1b\[2J_lun\\u202e_7: no such object /);
    assert.doesNotMatch(preview.output, disguising);
  });
});
