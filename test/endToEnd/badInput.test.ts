import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

/** A mistake, and the line that has to be in the one message about all of them. */
interface Mistake {
  readonly what: string;
  readonly make: (configuration: WrittenConfiguration) => void;
  readonly line: RegExp;
  /**
   * What finds it: the schema, which looks at each key by itself; a rule, once the schema finds nothing; or `either`, because
   * it is of a setting beside the schema, which is looked at in both steps.
   */
  readonly by: "schema" | "rule" | "either";
}

const mistakes: readonly Mistake[] = [
  {
    what: "an unknown key",
    make: (configuration) => Object.assign(configuration, { region: [] }),
    line: /^ *region: found .*: there is no such key: write regions/m,
    by: "schema",
  },
  {
    what: "a wrong type",
    make: (configuration) => Object.assign(configuration, { protect: "always" }),
    line: /^ *protect: found "always": .*: write /m,
    by: "schema",
  },
  {
    what: "a required key that is missing",
    make: (configuration) => {
      const region: { datacenter?: unknown } | undefined = configuration.regions[1];
      delete region?.datacenter;
    },
    line: /^ *regions\[1\]\.datacenter: found nothing: this key is required: /m,
    by: "schema",
  },
  {
    what: "a subnet without its prefix length",
    make: (configuration) =>
      Object.assign(configuration.regions[1]?.clusterConfiguration ?? {}, {
        networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.1.0" }],
      }),
    line: /^ *regions\[1\]\.clusterConfiguration\.networks\[0\]\.subnet: found "10\.20\.1\.0": /m,
    by: "schema",
  },
  {
    what: "a duplicate tag",
    make: (configuration) => (zoneOf(configuration, "k8s-zone-x2-b").name = "k8s-zone-x2-a"),
    line: /^ *regions\[1\]\.zones\[1\]\.name: found "k8s-zone-x2-a": regions\[1\]\.zones\[0\]\.name has this name already/m,
    by: "rule",
  },
  {
    what: "zone names that collide as Kubernetes names",
    make: (configuration) => {
      zoneOf(configuration, "k8s-zone-x1-a").name = "zonea";
      zoneOf(configuration, "k8s-zone-x1-b").name = "zone_a";
    },
    line: /^ *regions\[0\]\.zones\[1\]\.name: found "zone_a": .*"zonea"/m,
    by: "rule",
  },
  {
    what: "a cluster in two zones",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").cluster = "/X1/host/x1_cluster_prod"),
    line: /^ *regions\[0\]\.zones\[1\]\.cluster: found .*: regions\[0\]\.zones\[0\]\.cluster is the same cluster/m,
    by: "rule",
  },
  {
    what: "a cluster outside its region's datacenter",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").cluster = "/X2/host/x1_cluster_stage"),
    line: /^ *regions\[0\]\.zones\[1\]\.cluster: found "\/X2\/host\/x1_cluster_stage": the cluster is outside \/X1/m,
    by: "rule",
  },
  {
    what: "a datastore outside its region's datacenter",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").datastores = ["/X2/datastore/x1_lun_3"]),
    line: /^ *regions\[0\]\.zones\[1\]\.datastores\[0\]: found .*: the datastore is outside \/X1/m,
    by: "rule",
  },
  {
    what: "an escape sequence and a direction mark in a name",
    make: (configuration) =>
      (zoneOf(configuration, "k8s-zone-x1-b").datastores = ["/X2/datastore/\u001b[31mlun\u202e"]),
    line: /^ *regions\[0\]\.zones\[1\]\.datastores\[0\]: found "\/X2\/datastore\/\\u001b\[31mlun\\u202e": /m,
    by: "rule",
  },
  {
    what: "equal category names",
    make: (configuration) =>
      Object.assign(configuration, { categories: { zone: { name: "K8S-Region" } } }),
    line: /^ *categories\.zone\.name: found "K8S-Region": the region category has this name too/m,
    by: "rule",
  },
  {
    what: "a principal without its domain",
    make: (configuration) => (configuration.role["principals"] = ["deckhouse"]),
    line: /^ *role\.principals\[0\]: found "deckhouse": the principal has no domain/m,
    by: "rule",
  },
  {
    what: "an unknown privilege",
    make: (configuration) => (configuration.role["extraPrivileges"] = ["Datastore.Brows"]),
    line: /^ *role\.extraPrivileges\[0\]: found "Datastore\.Brows": vCenter knows no such privilege.*: write Datastore\.Browse/m,
    by: "rule",
  },
  {
    what: "an internal network that is not a network address",
    make: (configuration) =>
      Object.assign(configuration.regions[0]?.clusterConfiguration ?? {}, {
        networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.1/24" }],
      }),
    line: /^ *regions\[0\]\.clusterConfiguration\.networks\[0\]\.subnet: found "10\.20\.0\.1\/24"/m,
    by: "rule",
  },
  {
    what: "a password that is not encrypted",
    make: (configuration) => Object.assign(configuration, { "vsphere:password": "in-the-clear" }),
    line: /^ *vsphere:password: found <hidden>: it is not encrypted/m,
    by: "either",
  },
];

/** What a terminal obeys and does not show; the engine is told to use no colours. */
const disguising =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

describe("bad configuration", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made));

  /** Runs a preview of the example with mistakes. */
  async function previewWith(...made: readonly Mistake[]): Promise<string> {
    const configuration = exampleConfiguration();
    made.forEach(({ make }) => {
      make(configuration);
    });
    stack.configure(configuration);
    return stack.refusedPreview();
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

  describe("with many mistakes at once", () => {
    // The others are on the same keys as one of these.
    const together = mistakes.filter(({ what }) => !/outside|collide|in a name/.test(what));
    const broken = together.filter(({ by }) => by === "rule");

    /** The message has all of some mistakes: once in the summary and once where the error came up, like every message. */
    function assertTold(output: string, told: readonly Mistake[]): void {
      for (const { line } of told) {
        assert.match(output, line);
      }
      const headings = output.match(/The stack configuration has \d+ faults/g);
      const heading = `The stack configuration has ${told.length} faults`;
      assert.deepEqual(headings, [heading, heading]);
    }

    it("gives all faults of the schema in one message, and no others yet", async () => {
      const output = await previewWith(...together);
      for (const { line } of broken) {
        assert.doesNotMatch(output, line);
      }
      assertTold(
        output,
        together.filter(({ by }) => by !== "rule"),
      );
      assert.equal(output.match(/; see docs\/troubleshooting\.md#configuration-keys/g)?.length, 1);
    });

    it("then gives all broken rules in one message", async () => {
      const left = together.filter(({ by }) => by !== "schema");
      assertTold(await previewWith(...left), left);
    });
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
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /\/X1\/host\/x1_cluster_prd": no such object .*\/X1\/host\/x1_cluster_prod/,
    );
    assert.match(output, /\/X2\/datastore\/x2_lun_7": no such object .*\/X2\/datastore\/x2_lun_/);
  });

  it("names that would disguise a message are shown as what they are", async () => {
    const configuration = exampleConfiguration();
    zoneOf(configuration, "k8s-zone-x2-b").datastores = ["x2\u001b[2J_lun\u202e_7"];
    stack.configure(configuration);
    const output = await stack.refusedPreview();
    assert.match(output, /\/X2\/datastore\/x2\\u001b\[2J_lun\\u202e_7": no such object /);
    assert.doesNotMatch(output, disguising);
  });
});
