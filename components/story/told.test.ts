import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import { sentence } from '../../lib/history/story/sentence';
import { lessonChanges, troubleChanges } from '../board/fixtures';
import { en } from '../ui/messages/en';
import { es } from '../ui/messages/es';
import { headlineOf, newestTold, type Told } from './told';
import { wordSentence } from './wordSentence';

const english = createTranslator({ locale: 'en', messages: en, namespace: 'story' });
const spanish = createTranslator({ locale: 'es', messages: es, namespace: 'story' });
const inWords = (t: typeof english, { sentence }: Told) => {
  const { what, why } = wordSentence(t, 'kubectl', sentence);
  return why === undefined ? what : t('both', { what, why });
};

it('tells a lesson in plain words, the newest first', () => {
  expect(newestTold(lessonChanges(), 20).map((told) => inWords(english, told))).toEqual([
    'DNS answers web-1.nginx with 10.244.2.31',
    'Service nginx now also leads to web-1',
    'web-1 is Ready, at 10.244.2.31: before it had 10.244.2.15: the address changes, the name stays',
    'web-1 was placed on node worker-2: the scheduler chose it',
    'web-1 is back: a new pod, life 2: the name is the same, and so is its claim www-web-1 with the data',
    'web-1 is gone: the controller creates it again under the same name',
    'DNS has no address for web-1.nginx any longer: because web-1 is not Ready',
    'Service nginx no longer leads to web-1',
    'web-1 was told to stop: the controller will create it again, with the same name and claim www-web-1',
  ]);
});

it('tells it in Spanish too', () => {
  const [pull] = newestTold(troubleChanges(), 1);
  if (!pull) throw new Error('nothing is told');
  expect(inWords(spanish, pull)).toBe(
    'web-1 no puede arrancar: no se puede descargar su imagen registry.k8s.io/a-rather-long-name/nginx-slim-with-more:9.9: y los ordinales por encima esperan a que esté Ready',
  );
});

it('calls a namespace what the reader calls it', () => {
  const gone = sentence('namespaceGone', 'namespace', 'lab');
  expect(wordSentence(english, 'kubectl', gone).what).toBe('Namespace lab is gone');
  expect(wordSentence(english, 'oc', gone).what).toBe('Project lab is gone');
  expect(wordSentence(spanish, 'oc', gone).what).toBe('El proyecto lab ya no existe');
});

it('keeps the headline on what is more than a detail', () => {
  const told = newestTold(lessonChanges(), 20);
  expect(headlineOf(told)?.sentence.what).toBe('podReadyAt');
  expect(headlineOf(told.slice(0, 2))?.sentence.what).toBe('dnsAnswers');
  expect(headlineOf([])).toBeUndefined();
});

it('gives each sentence a key of its own, the same each time it is asked', () => {
  const changes = lessonChanges();
  const keys = newestTold(changes, 20).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(newestTold(changes, 20).map(({ key }) => key)).toEqual(keys);
  expect(newestTold(changes, 2)).toHaveLength(2);
});
