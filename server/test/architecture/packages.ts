import { builtinModules } from 'node:module'
import { importsOf, packageOf } from './imports.ts'
import { isTest, type Source, type Violation, violation } from './sources.ts'

/** Packages that the product imports without having them among its dependencies: a packed release would lack them. */
export const undeclaredPackages = (
  sources: readonly Source[],
  declared: readonly string[],
): readonly Violation[] =>
  sources
    .filter((source) => !isTest(source.path))
    .flatMap((source) =>
      importsOf(source).flatMap((one) => {
        const name = packageOf(one.specifier)
        if (name === null || name.startsWith('node:') || declared.includes(name)) return []
        const what = builtinModules.includes(name)
          ? `imports ${name} without node: before it`
          : `imports ${name}, which is no dependency of the server`
        return one.typeOnly ? [] : [violation(source, one, what)]
      }),
    )

type Versions = Readonly<Record<string, string>>

/** Dependencies that are not pinned to one version. */
export const looseVersions = (manifest: string, versions: Versions): readonly Violation[] =>
  Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => ({ path: manifest, line: 1, what: `${name} is ${version}, not one version` }))
