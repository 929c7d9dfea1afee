/** Who makes a request, as authentication found it (`authentication.k8s.io` UserInfo). */
export interface User {
  name: string;
  uid?: string;
  groups: string[];
  extra?: Record<string, string[]>;
}

/** What a request wants to do, as RBAC and the access reviews see it. */
export type AccessRequest =
  | {
      verb: string;
      group: string;
      version?: string;
      /** Plural; a subresource is named apart. */
      resource: string;
      subresource?: string;
      name?: string;
      namespace?: string;
    }
  | { verb: string; path: string };

export interface Authorizer {
  /** The reason is what upstream puts into `SubjectAccessReview.status.reason`; empty when nothing allowed it. */
  authorize(user: User, request: AccessRequest): { allowed: boolean; reason: string };
  /** Every rule that applies to the user in a namespace, for SelfSubjectRulesReview. */
  rulesFor(user: User, namespace: string): import('../../../../lib/kubernetes/access').PolicyRule[];
  /** What a role gives, those it aggregates included. Without it, its own rules. */
  rulesOfRole?(
    role: import('../../../../lib/kubernetes/access').ClusterRole,
  ): import('../../../../lib/kubernetes/access').PolicyRule[];
}
