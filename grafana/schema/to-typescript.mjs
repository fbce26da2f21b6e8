// Writes each dashboard as a TypeScript constant of Grafana's type, so that the compiler says what does not fit: a literal is checked for names that do not
// exist, which a value read from a file is not.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

mkdirSync('generated', { recursive: true });
for (const file of readdirSync('../dashboards').filter((name) => name.endsWith('.json'))) {
  const text = readFileSync(`../dashboards/${file}`, 'utf8');
  writeFileSync(
    `generated/${file.replace('.json', '.ts')}`,
    `import type { Dashboard } from '../grafana.ts';\n\nexport const dashboard: Dashboard = ${text.trim()};\n`,
  );
}
