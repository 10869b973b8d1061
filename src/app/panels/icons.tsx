// The few line icons of the page, drawn for it. Always beside a word or under an accessible name.

const paths = {
  play: 'M4.5 2.5v11l8-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.2 9.6A5.8 5.8 0 0 1 6.4 2.8a5.8 5.8 0 1 0 6.8 6.8z',
  screen: 'M1.8 2.8h12.4v8.4H1.8zM5.5 14h5M8 11.2V14',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg
    class={name === 'play' || name === 'pause' ? 'icon solid' : 'icon'}
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);
