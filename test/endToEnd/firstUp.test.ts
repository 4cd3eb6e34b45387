import assert from "node:assert/strict";
import { keptDocuments } from "../../commands/render/documents";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { govcExample, runGovc } from "../support/govcExample";
import { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import { TestStack, clusterAccountPassword, type Run } from "../../scripts/lab/stack";
import { ownSessions } from "../support/stackForTests";

describe("a first up of the example", () => {
  let byPulumi: Simulator;
  let byGovc: Simulator;
  let stack: TestStack;
  let up: Run;
  let govc: TestStack;
  let made: Snapshot;
  let expected: Snapshot;

  before(async () => {
    [byPulumi, byGovc] = await Promise.all([Simulator.start(), Simulator.start()]);
    stack = await TestStack.create(byPulumi, { configuration: exampleConfiguration() });
    govc = await TestStack.create(byGovc, { configuration: {} });
    await runGovc(govc, govcExample());
    up = await stack.up();
    made = await byPulumi.control.snapshot();
    expected = await byGovc.control.snapshot();
  });

  after(async () => {
    stack.dispose();
    govc.dispose();
    await Promise.all([byPulumi.stop(), byGovc.stop()]);
  });

  it("makes the categories that the govc commands make", () => {
    const facts = ({ categories }: Snapshot): unknown =>
      categories.map(({ name, description, cardinality }) => ({ name, description, cardinality }));
    assert.deepEqual(facts(made), facts(expected));
  });

  it("lets the categories be used for the objects they are for, where govc leaves them open to everything", () => {
    const types = Object.fromEntries(
      made.categories.map(({ name, associableTypes }) => [name, [...associableTypes].sort()]),
    );
    assert.deepEqual(types["k8s-region"], ["Datacenter", "Datastore"]);
    assert.deepEqual(types["k8s-zone"], ["ClusterComputeResource", "Datastore"]);
  });

  it("makes the tags that the govc commands make", () => {
    assert.deepEqual(made.tags, expected.tags);
  });

  it("attaches the tags that the govc commands attach", () => {
    assert.equal(
      expected.attachments.filter(({ category }) => category.startsWith("k8s")).length,
      16,
    );
    assert.deepEqual(made.attachments, expected.attachments);
  });

  it("makes the role with the privileges that govc gives it", () => {
    assert.deepEqual(made.roles, expected.roles);
  });

  it("sets the permissions that govc sets, and leaves those of others", () => {
    assert.deepEqual(made.permissions, expected.permissions);
  });

  it("has a second preview that is empty", async () => {
    await stack.acceptedPreview("--expect-no-changes");
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("has a second up that changes nothing", async () => {
    const again = await stack.up();
    assert.match(again.output, /19 unchanged/);
    assert.deepEqual(await byPulumi.control.snapshot(), made);
  });

  it("leaves no session of its own behind", async () => {
    assert.deepEqual(await ownSessions(byPulumi), []);
  });

  it("says at its end what it did", () => {
    assert.match(up.output, /done in vCenter: 16 tags attached, 2 permissions granted$/m);
  });

  it("prints no warning", async () => {
    const preview = await stack.preview();
    assert.doesNotMatch(preview.output, /warning/i);
  });

  it("tells the ids of tags and role", async () => {
    const { tagIds, roleIds } = await stack.outputs();
    assert.deepEqual(
      Object.keys(tagIds as object).sort(),
      made.tags
        .filter(({ category }) => category.startsWith("k8s"))
        .map(({ name }) => name)
        .sort(),
    );
    assert.deepEqual(Object.keys(roleIds as object), ["kubernetes"]);
  });

  it("tells the documents of each region as YAML, a secret, and with placeholders, no secret", async () => {
    const { documents } = await stack.outputs();
    const kept = keptDocuments(await stack.exportState());
    const [secret, plain] = [documents, kept].map((output) => {
      const regions = output as Record<string, Record<string, string>>;
      assert.deepEqual(Object.keys(regions), ["k8s-region-x1", "k8s-region-x2"]);
      return regions["k8s-region-x1"]?.["bootstrap.yaml"] ?? "";
    });
    assert.match(secret ?? "", /^region: k8s-region-x1$/m);
    assert.match(secret ?? "", new RegExp(clusterAccountPassword));
    assert.equal(
      plain,
      secret?.replaceAll(clusterAccountPassword, '"<SECRET: clusterAccountPassword>"'),
    );
    const hidden = await stack.run("stack", "output");
    assert.match(hidden.output, /documents +\[secret\]/);
  });

  it("prints of each file of documents how long it is and a digest, and not its lines", async () => {
    const { documentFiles } = await stack.outputs();
    const files = (documentFiles as Record<string, Record<string, string>>)["k8s-region-x1"] ?? {};
    assert.match(files["bootstrap.yaml"] ?? "", /^\d+ lines, sha256 [0-9a-f]{12}$/);
    assert.doesNotMatch(up.output, /apiVersion|kind: /);
    assert.match(up.output, /bootstrap\.yaml *: "\d+ lines, sha256 [0-9a-f]{12}"/);
  });
});
