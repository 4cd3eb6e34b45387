import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { configurationSchema, parseConfiguration } from "../../../configuration";
import { groupOf, ownDocuments } from "../../../configuration/ownDocuments";
import { ownModule } from "../../../configuration/ownSettings";
import { clusterConfigurationsOf } from "../../../configuration/places";
import type { WrittenConfiguration } from "../../../configuration/schema";
import { regionDocuments } from "../../../documents";
import { rawConfiguration, type RawConfiguration } from "../../support/configurationArbitraries";
import { documentsWith, elsewhere, find, nameOf } from "./support";

interface Read {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name: string };
  readonly spec?: { readonly version?: number; readonly settings?: object };
}

describe("settings that have no key", () => {
  const settings = { modules: { placement: { x: [{ y: null }] } }, storageClass: "z" };
  const changes = {
    "cluster.publicDomainTemplate": "%s.example.com",
    "cluster.customTolerationKeys": ["gpu"],
  };

  it("are added to the program's own", () => {
    const documents = documentsWith({
      ...changes,
      "cluster.extraSettings": { global: { settings } },
    });
    assert.deepEqual(find(documents, "ModuleConfig/global")?.["spec"], {
      version: 2,
      settings: {
        modules: {
          publicDomainTemplate: "%s.example.com",
          placement: { customTolerationKeys: ["gpu"], x: [{ y: null }] },
        },
        storageClass: "z",
      },
    });
  });

  it("make a document where the program writes none, with its own version", () => {
    const extraSettings = {
      global: { settings },
      "user-authn": { settings: { a: 1 } },
      metallb: { enabled: false },
      prometheus: { version: 7, enabled: false, settings: { b: 2 } },
      "node-local-dns": {},
    };
    const documents = documentsWith({
      "cluster.extraSettings": extraSettings,
      "cluster.ingress": undefined,
    });
    const specs = Object.keys(extraSettings).map(
      (name) => find(documents, `ModuleConfig/${name}`)?.["spec"],
    );
    assert.deepEqual(specs, [
      { version: 2, settings },
      { version: 2, enabled: true, settings: { a: 1 } },
      { enabled: false },
      { version: 7, enabled: false, settings: { b: 2 } },
      { enabled: true },
    ]);
  });

  it("stand before what they may be needed for, also where nothing is installed", () => {
    const names = documentsWith({
      ...elsewhere,
      "cluster.extraSettings": { prometheus: { enabled: true } },
    }).map(nameOf);
    const [prometheus, pool] = ["ModuleConfig/prometheus", "NodeGroup/frontend"].map((name) =>
      names.indexOf(name),
    );
    assert.ok(prometheus! > 0 && prometheus! < pool!, names.join());
  });
});

describe("documents that have no key", () => {
  it("come last, as they are", () => {
    const extraDocuments = [
      { kind: "B", apiVersion: "example.com/v1", metadata: { name: "n" }, x: [null, "on", "1e3"] },
      { apiVersion: "v1", kind: "A", metadata: { name: "n", namespace: "m", labels: {} } },
    ];
    const documents = documentsWith({ "cluster.extraDocuments": extraDocuments });
    assert.deepEqual(documents.slice(-2), extraDocuments);
  });
});

describe("what may not be written a second time", () => {
  it("is all that the program writes for any configuration", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(rawConfiguration, (raw) => {
        for (const { read, own, deckhouse } of writtenFor(raw)) {
          const name = read.metadata?.name ?? "";
          if (read.kind === "ModuleConfig") {
            const module = ownModule(name);
            assert.ok(module, name);
            assert.equal(read.spec?.version, module.version(deckhouse), name);
            for (const path of pathsIn(read.spec.settings)) {
              const isKnown = Object.keys(module.settings).some((known) =>
                `${path}.`.startsWith(`${known}.`),
              );
              assert.ok(isKnown, `${name}: ${path}`);
            }
          } else if (read.metadata !== undefined) {
            const isKnown = own.some(
              ({ group, kinds, isName }) =>
                group === groupOf(read.apiVersion) && kinds.includes(read.kind) && isName(name),
            );
            assert.ok(isKnown, `${read.kind} ${name}`);
          }
          seen.add(read.kind);
        }
      }),
      { numRuns: 200, endOnFailure: true },
    );
    assert.ok(seen.size > 12, [...seen].join());
  });
});

/** What the program writes of itself, cluster by cluster. */
function writtenFor(raw: RawConfiguration): {
  readonly read: Read;
  readonly own: ReturnType<typeof ownDocuments>;
  readonly deckhouse: string;
}[] {
  const plain = JSON.parse(JSON.stringify(raw), (key, value: unknown) =>
    key === "extraSettings" || key === "extraDocuments" ? undefined : value,
  ) as unknown;
  const written = configurationSchema.parse(plain) as WrittenConfiguration;
  const configuration = parseConfiguration(plain);
  const named = (text: string): Record<string, string> =>
    Object.fromEntries(written.regions.map(({ name }) => [name, text]));
  const secrets = {
    clusterAccountPassword: "a",
    registryDockerCfg: undefined,
    bgpPassword: "b",
    nsxtPassword: "c",
    proxyPassword: "d",
    firstUserPasswordHash: "e",
  };
  const documents = regionDocuments(
    { ...configuration, clusterAccount: { username: "u@v" } },
    { server: "s", user: "u", password: "p", insecure: false },
    secrets,
    { templates: named("t"), storagePolicyIds: named("id") },
  );
  return clusterConfigurationsOf(written).flatMap(({ region, cluster }) => {
    const files = documents[region.name] ?? {};
    const text = files["bootstrap.yaml"] ?? files["resources.yaml"] ?? "";
    return parseAllDocuments(text).map((document) => ({
      read: (document as { toJS(): unknown }).toJS() as Read,
      own: ownDocuments(region.name, cluster),
      deckhouse: written.deckhouse.version,
    }));
  });
}

/** The paths of all values in settings, lists as a whole. */
function pathsIn(value: unknown, path = ""): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, below]) =>
        pathsIn(below, path === "" ? key : `${path}.${key}`),
      )
    : path === ""
      ? []
      : [path];
}
