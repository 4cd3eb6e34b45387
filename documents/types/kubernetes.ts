/** Labels, annotations and selectors. */
export type StringMap = Readonly<Record<string, string>>;

/** What a taint does to pods that do not tolerate it. */
export type TaintEffect = "NoSchedule" | "PreferNoSchedule" | "NoExecute";

/** A taint of nodes. */
export interface TaintDocument {
  readonly effect?: TaintEffect;
  readonly key?: string;
  readonly value?: string;
}

/** What the nodes of a group carry in Kubernetes. */
export interface NodeTemplateDocument {
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly taints?: readonly TaintDocument[];
}

/** A toleration of pods: with `Exists` of any value of the taint, with `Equal` of one. */
export type TolerationDocument = { readonly effect?: TaintEffect; readonly key?: string } & (
  { readonly operator: "Exists" } | { readonly operator: "Equal"; readonly value: string }
);

/**
 * Kubernetes' own `Secret`, with the text as it is; the API server encodes it. Source: Kubernetes API reference,
 * `core/v1`.
 */
export interface SecretDocument {
  readonly apiVersion: "v1";
  readonly kind: "Secret";
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: StringMap;
  };
  /** Secret. */
  readonly stringData: StringMap;
}
