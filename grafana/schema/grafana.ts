import type { Dashboard as Whole } from '@grafana/schema';

// Enumerations as the strings that stand in a file.
type InFile<T> = T extends string
  ? `${T}`
  : T extends number
    ? T | number
    : T extends (infer Element)[]
      ? InFile<Element>[]
      : T extends object
        ? { [Key in keyof T]: InFile<T[Key]> }
        : T;

// What Grafana itself writes and its types leave to the data source: Prometheus's annotation fields, and a query variable's text.
type PrometheusAnnotation = { expr?: string; step?: string; titleFormat?: string; textFormat?: string; tagKeys?: string; useValueForTime?: boolean };
type QueryVariable = { definition?: string };
type Annotation = NonNullable<NonNullable<Whole['annotations']>['list']>[number];
type Variable = NonNullable<NonNullable<Whole['templating']>['list']>[number];

export type Dashboard = InFile<Omit<Whole, 'annotations' | 'templating'>> & {
  annotations: { list: (InFile<Annotation> & PrometheusAnnotation)[] };
  templating: { list: (InFile<Variable> & QueryVariable)[] };
};
