// Pixi's build for pages whose content-security policy forbids eval. It ships no types: it is imported for its effect.
declare module 'pixi.js/unsafe-eval';
