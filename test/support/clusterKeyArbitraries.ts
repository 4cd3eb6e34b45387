import fc from "fast-check";
import { defined, maybe, objectName, word, type RawCluster } from "./arbitraries";
import { certificate } from "./certificate";

type RawNsxt = NonNullable<RawCluster["nsxt"]>;
type RawHttps = NonNullable<RawCluster["https"]>;

/** NSX-T; with certificates only where a version of Deckhouse accepts them. */
const nsxtOf = (hasCertificates: boolean): fc.Arbitrary<RawNsxt> =>
  fc
    .record({
      host: fc.constantFrom("nsx.example.com", "192.0.2.77"),
      user: word,
      trust: fc.constantFrom<Partial<RawNsxt>>(
        {},
        { insecureFlag: true },
        { insecureFlag: true, caBundle: "" },
        ...(hasCertificates ? [{ insecureFlag: false, caBundle: certificate }] : []),
      ),
      defaultIpPoolName: objectName,
      tier1GatewayPath: objectName,
      size: maybe(fc.constantFrom("SMALL" as const, "MEDIUM" as const, "XLARGE" as const)),
      defaultTcpAppProfileName: maybe(objectName),
      defaultUdpAppProfileName: maybe(objectName),
      loadBalancerClass: maybe(
        fc.array(
          fc
            .record({
              name: word,
              ipPoolName: objectName,
              tcpAppProfileName: maybe(objectName),
              udpAppProfileName: maybe(objectName),
            })
            .map(defined),
          { maxLength: 2 },
        ),
      ),
    })
    .map(({ trust, ...rest }) => defined({ ...rest, ...trust }) as RawNsxt);

/** Settings of modules for which there are no keys. */
const someSettings: readonly NonNullable<RawCluster["extraSettings"]>[] = [
  {},
  { prometheus: { version: 2, settings: { retentionDays: 7 } }, "user-authz": { enabled: false } },
  {
    global: { version: 2, settings: { modules: { ingressClass: "nginx" } } },
    deckhouse: {
      settings: { update: { notification: { webhook: "https://chat.example.com/updates" } } },
    },
    "cloud-provider-vsphere": { enabled: true },
    "user-authn": { settings: { publishAPI: { enabled: true } } },
  },
];

/** Documents that the program never writes. */
const someDocuments: NonNullable<RawCluster["extraDocuments"]> = [
  {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "NodeGroupConfiguration",
    metadata: { name: "sysctl.sh" },
    spec: { weight: 100, nodeGroups: ["*"], bundles: ["*"], content: "sysctl -w\n  a=b # c\n" },
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "sysctl.sh", namespace: "default", labels: { "a/b": "on" } },
    data: { "": "null", y: "1e3", text: " a\n\tb: c\n---\n" },
  },
];

/**
 * Keys that every cluster may have, and that depend on nothing else.
 *
 * @param storageClass one that Deckhouse makes for the cluster; undefined where there is none for all that share the keys
 * @param hasCertificates whether Deckhouse accepts certificates of NSX-T's authority
 */
export function furtherKeys(
  storageClass: string | undefined,
  hasCertificates: boolean,
): fc.Arbitrary<Partial<RawCluster>> {
  return fc
    .record({
      disableTimesync: maybe(fc.boolean()),
      storageClasses: maybe(
        fc
          .record({
            exclude: maybe(fc.array(objectName, { maxLength: 2 })),
            default:
              storageClass === undefined
                ? fc.constant(undefined)
                : maybe(fc.constant(storageClass)),
            compatibilityFlag: maybe(fc.constantFrom("Legacy" as const, "Migration" as const)),
          })
          .map(defined),
      ),
      nsxt: maybe(nsxtOf(hasCertificates)),
      publicDomainTemplate: maybe(fc.constantFrom("%s.k8s.example.net", "web-%s.example.net")),
      https: maybe(
        fc.constantFrom<RawHttps>(
          { clusterIssuerName: "selfsigned" },
          { mode: "CertManager" },
          { mode: "CustomCertificate", customCertificate: "wildcard-tls" },
          { mode: "OnlyInURI" },
        ),
      ),
      highAvailability: maybe(fc.boolean()),
      customTolerationKeys: maybe(fc.array(word, { minLength: 1, maxLength: 2 })),
      extraSettings: maybe(fc.constantFrom(...someSettings)),
      extraDocuments: maybe(fc.subarray(someDocuments)),
    })
    .map((keys) => defined(keys) as Partial<RawCluster>);
}

/**
 * Keys that describe what is installed, and depend on nothing else in the configuration.
 *
 * @param kubernetes the versions that can be installed
 */
export function installationKeys(kubernetes: readonly string[]): fc.Arbitrary<Partial<RawCluster>> {
  return fc
    .record({
      cloudPrefix: maybe(word),
      pools: fc.oneof(
        fc.record({
          baseResourcePool: maybe(objectName),
          useNestedResourcePool: maybe(fc.constant(true)),
        }),
        // Then a pool to make it in would be ignored.
        fc.constant({ useNestedResourcePool: false }),
      ),
      storagePolicy: maybe(
        fc.oneof(
          objectName.map((name) => ({ name })),
          fc.uuid().map((id) => ({ id })),
        ),
      ),
      // Each has room for more nodes than there can be.
      pods: fc.constantFrom<Partial<RawCluster>>(
        {},
        { podSubnetCIDR: "10.111.0.0/16", podSubnetNodeCIDRPrefix: 22 },
        { podSubnetCIDR: "100.64.0.0/10", podSubnetNodeCIDRPrefix: 26 },
        { podSubnetCIDR: "172.20.0.0/14" },
        { podSubnetNodeCIDRPrefix: 30 },
      ),
      serviceSubnetCIDR: maybe(fc.constantFrom("10.222.0.0/16", "172.31.0.0/20")),
      clusterDomain: maybe(fc.constantFrom("cluster.local", "k8s.example.com")),
      kubernetesVersion: maybe(fc.constantFrom(...kubernetes)),
      defaultCRI: maybe(
        fc.constantFrom("Containerd" as const, "ContainerdV2" as const, "NotManaged" as const),
      ),
      login: maybe(
        fc.constantFrom<Partial<RawCluster>>(
          {
            publicDomainTemplate: "%s.login.example.net",
            firstUser: { email: "john.doe+k8s@example.net" },
          },
          {
            publicDomainTemplate: "%s.example.org",
            firstUser: { email: "_admin_@example" },
            https: { mode: "OnlyInURI" },
          },
        ),
      ),
      proxy: maybe(
        fc.constantFrom<NonNullable<RawCluster["proxy"]>>(
          { httpProxy: "http://proxy.example.com:3128", noProxy: ["vcenter.example.com"] },
          { httpsProxy: "https://192.0.2.200", username: "DOMAIN\\user~(1)" },
          {
            httpProxy: "http://proxy.example.com",
            httpsProxy: "http://proxy.example.com:8080",
            noProxy: ["10.0.0.0/8", ".example.com"],
          },
        ),
      ),
    })
    .map(
      ({ pods, pools, login, ...keys }) =>
        defined({ ...keys, ...pools, ...pods, ...login }) as Partial<RawCluster>,
    );
}
