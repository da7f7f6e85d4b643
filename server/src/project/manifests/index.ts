/** Config files of products: which there are and how each gives its options. */
import type { FileId, Framework, Option } from '../../../../rules/kit/index.js';
import { parseCompose } from './compose.js';
import { parseCMake, parseComponents, parsePackage, parseWest } from './dependencies.js';
import { parseDockerfile, parseEnv } from './env.js';
import { parseIni } from './ini.js';
import { parseKconfig } from './kconfig.js';
import { parseKconfigMenu } from './kconfig-menu.js';
import { parseKeyFile } from './key-file.js';
import { parseKeyValue } from './key-value.js';
import { parsePartitions } from './partitions.js';
import { idfOfComponents, idfOfConfig } from './versions.js';

export interface Manifest {
  readonly name: string;
  readonly matches: RegExp;
  /** The name of the folder it must lie in. */
  readonly within?: string;
  /** Where `.gitignore` names it, it belongs to one computer, not to the product, and is not read. */
  readonly tracked?: true;
  /** What its presence says of the product; such a file makes its folder a product's root. */
  readonly framework?: Framework;
  parse?(file: FileId, text: string): Option[];
}

const MANIFESTS: readonly Manifest[] = [
  {
    name: 'sdkconfig',
    matches: /^sdkconfig(\.[\w.-]+)?$/,
    framework: 'esp-idf',
    parse: (file, text) => [...idfOfConfig(file, text), ...parseKconfig(file, text)],
  },
  {
    name: 'components',
    matches: /^(dependencies\.lock|idf_component\.yml)$/,
    parse: (file, text) => [...idfOfComponents(file, text), ...parseComponents(file, text)],
  },
  { name: 'CMakeLists.txt', matches: /^CMakeLists\.txt$/, tracked: true, parse: parseCMake },
  { name: 'west.yml', matches: /^west\.ya?ml$/, tracked: true, parse: parseWest },
  { name: 'prj.conf', matches: /^prj([_-][\w-]+)?\.conf$/, framework: 'zephyr', parse: parseKconfig },
  {
    name: 'overlay.conf',
    matches: /^(overlay[\w.-]*|release|debug|sysbuild|mcuboot)\.conf$/,
    parse: parseKconfig,
  },
  {
    // What Zephyr adds for a board. An emulator is nobody's product.
    name: 'board.conf',
    matches: /^(?!native_|qemu_|unit_testing)[\w.-]+\.conf$/,
    within: 'boards',
    parse: parseKconfig,
  },
  { name: 'partitions.csv', matches: /^partitions[\w.-]*\.csv$/, parse: parsePartitions },
  {
    name: 'mosquitto.conf',
    matches: /^mosquitto[\w.-]*\.conf$/,
    parse: (file, text) => parseKeyValue(file, text, 'mosquitto', ' '),
  },
  { name: '.npmrc', matches: /^\.npmrc$/, parse: (file, text) => parseKeyValue(file, text, 'npmrc', '=') },
  {
    // Not a source file of that name, nor one that is sealed.
    name: '.env',
    matches: /^[\w.-]*\.env(\.(?!([cm]?[jt]sx?|json|ya?ml|enc|gpg|asc|age)$)[\w-]+)*$/,
    tracked: true,
    parse: parseEnv,
  },
  {
    name: 'key file',
    matches: /\.(pem|key|p8|pk8)$|^id_(rsa|dsa|ecdsa|ed25519)$/,
    tracked: true,
    parse: parseKeyFile,
  },
  { name: 'Kconfig', matches: /^Kconfig(\.[\w-]+)?$/, parse: parseKconfigMenu },
  { name: 'Dockerfile', matches: /^Dockerfile(\.[\w-]+)*$|\.Dockerfile$/i, parse: parseDockerfile },
  { name: 'compose', matches: /^(docker-)?compose([.-][\w-]+)*\.ya?ml$/, parse: parseCompose },
  { name: 'systemd', matches: /\.service$/, parse: parseIni },
  {
    name: 'package.json',
    matches: /^package\.json$/,
    framework: 'node',
    parse: parsePackage,
  },
  { name: 'platformio.ini', matches: /^platformio\.ini$/, framework: 'platformio' },
];

/** Whether a file is read even where `.gitignore` names it: what a build takes its options from. */
export function isReadAnyway(path: FileId): boolean {
  const manifest = manifestOf(path);
  return manifest !== undefined && manifest.tracked !== true;
}

/** The manifest that a path is, by its name; undefined for none. */
export function manifestKind(path: FileId): string | undefined {
  return manifestOf(path)?.name;
}

export function manifestOf(path: FileId): Manifest | undefined {
  const [name = '', folder] = path.split('/').reverse();
  return MANIFESTS.find(
    ({ matches, within }) => matches.test(name) && (within === undefined || within === folder),
  );
}
