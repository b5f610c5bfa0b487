/** What the built-in engine's set-up says while it runs, or when it could not. */
export { EngineProgress } from './progress.tsx'
