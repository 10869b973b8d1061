// Registers the service worker that keeps the app for offline use. Does nothing in development and where the
// browser has none (an insecure address, a private window): the page then simply needs its network.

export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  } catch {
    // Not being able to work offline is no reason to trouble anyone.
  }
}
