import assert from "node:assert/strict";
import { firstUserName } from "../../../configuration/ownDocuments";
import { documentsWith, find, nameOf } from "./support";

const email = "john.doe@example.com";
const changes = {
  "cluster.firstUser": { email },
  "cluster.publicDomainTemplate": "%s.k8s.example.com",
};

describe("the first user", () => {
  it("can log in, and may do everything", () => {
    const firstUserPasswordHash = "$2y$10$hash";
    const secrets = { clusterAccountPassword: "geheim", firstUserPasswordHash };
    const documents = documentsWith(changes, { secrets });
    assert.deepEqual(find(documents, "User"), {
      apiVersion: "deckhouse.io/v1",
      kind: "User",
      metadata: { name: "john-doe" },
      spec: { email, password: firstUserPasswordHash },
    });
    assert.deepEqual(find(documents, "ClusterAuthorizationRule"), {
      apiVersion: "deckhouse.io/v1",
      kind: "ClusterAuthorizationRule",
      metadata: { name: "john-doe" },
      spec: {
        subjects: [{ kind: "User", name: email }],
        accessLevel: "SuperAdmin",
        portForwarding: true,
      },
    });
    assert.deepEqual(find(documents, "ModuleConfig/user-authn")?.["spec"], {
      version: 2,
      enabled: true,
    });
    const names = documents.map(nameOf);
    assert.ok(names.indexOf("User/john-doe") > names.indexOf("ModuleConfig/user-authn"));
  });

  it("has a placeholder in place of a hash that is not given", () => {
    const user = find(documentsWith(changes), "User");
    assert.deepEqual(user?.["spec"], { email, password: "<SECRET: firstUserPasswordHash>" });
  });

  it("is not there unless the configuration names one", () => {
    const names = documentsWith().map(nameOf);
    assert.deepEqual(
      names.filter((name) => /user|rule/i.test(name)),
      [],
    );
  });

  it("has a name that Kubernetes takes", () => {
    assert.equal(firstUserName("admin@example.com"), "admin");
    assert.equal(firstUserName("_john.doe+k8s_@example.com"), "john-doe-k8s");
    const long = `${"a".repeat(62)}.b@example.com`;
    assert.equal(firstUserName(long), "a".repeat(62));
  });
});
