export default {name: 'faulty', routes: []};
